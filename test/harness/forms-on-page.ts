import type { Fields } from './visitor.ts'

/** A form as its page gives it, with everything that a browser would send if somebody filled it in and pressed its first button. */
export type FormOnPage = {
  action: string
  /** What a patient person would enter: what is there already, else the first choice, words, or a day that has been. */
  filled: Fields
  /** Its token: whoever sends it twice saves once. */
  once: string
  /** Names of the boxes that take free text. */
  texts: readonly string[]
  /** `born` for the boxes born-day, born-month and born-year. */
  dates: readonly string[]
  /** Names of boxes for a time of day. */
  times: readonly string[]
}

/** The forms of a page that post, in order. */
export function formsIn(html: string): FormOnPage[] {
  return [...html.replace(/<template>.*?<\/template>/gs, '').matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)]
    .filter(([, head]) => attributesOf(head ?? '').method === 'post')
    .map(([, head, inside]) => formFrom(attributesOf(head ?? '').action ?? '', inside ?? ''))
}

/** The page's own form: the one that posts to its address, else the last that is not the band's sign-out. */
export function ownForm(html: string, address: string): FormOnPage | undefined {
  const forms = formsIn(html).filter(form => form.action !== '/sign-out')
  return forms.find(form => form.action === address.split('?')[0]) ?? forms.at(-1)
}

function formFrom(action: string, html: string): FormOnPage {
  const filled: Record<string, string | string[] | File> = {}
  const [texts, dates, times]: [string[], string[], string[]] = [[], [], []]
  const add = (name: string, value: string) => {
    const there = filled[name]
    filled[name] = there === undefined ? value : Array.isArray(there) ? [...there, value] : [String(there), value]
  }
  const choices = new Map<string, { type: string; value: string; checked: boolean }[]>()
  for (const [, head = ''] of html.matchAll(/<input\b([^>]*?)\/?>/gs)) {
    const { type = 'text', name = '', value, ...more } = attributesOf(head)
    if (!name || name === '_csrf' || name === '_once') continue
    if (type === 'radio' || type === 'checkbox') {
      choices.set(name, [...(choices.get(name) ?? []), { type, value: value ?? 'on', checked: 'checked' in more }])
    } else if (type === 'file') filled[name] = new File([pdf], `${name}.pdf`, { type: 'application/pdf' })
    else if (type === 'hidden') add(name, value ?? '')
    else if (type !== 'submit') {
      const day = /^(.*)-day$/.exec(name)?.[1]
      if (day !== undefined) dates.push(day)
      else if (/time$/.test(name)) times.push(name)
      else if (type !== 'password' && !/-(month|year)$/.test(name)) texts.push(name)
      add(name, value || wordsFor(name))
    }
  }
  for (const [name, all] of choices) {
    const chosen = all.filter(one => one.checked)
    for (const { value } of chosen.length > 0 ? chosen : all[0]?.type === 'radio' ? all.slice(0, 1) : []) add(name, value)
  }
  for (const [, head = '', inside = ''] of html.matchAll(/<textarea\b([^>]*)>(.*?)<\/textarea>/gs)) {
    const { name = '' } = attributesOf(head)
    texts.push(name)
    // Terms of use are asked of everybody before anything else, and other people are named by address: a test that wants them says so.
    add(name, plain(inside) || (/^(terms|others)$/.test(name) ? '' : 'Words of a test.'))
  }
  for (const [, head = '', inside = ''] of html.matchAll(/<select\b([^>]*)>(.*?)<\/select>/gs)) {
    const options = [...inside.matchAll(/<option\b([^>]*)>([^<]*)/g)].map(([, one = '', words = '']) => {
      const attributes = attributesOf(one)
      return { attributes, value: attributes.value ?? '', words }
    })
    // Among teams one's own, which a page puts last and chooses for nobody.
    const own = options.find(one => one.words.startsWith('Your team'))
    const chosen = options.find(one => 'selected' in one.attributes && one.value) ?? own ?? options.find(one => one.value)
    const { name = '' } = attributesOf(head)
    add(name, leftAlone.test(name) ? (options.find(one => 'selected' in one.attributes)?.value ?? '') : (chosen?.value ?? ''))
  }
  return { action, filled, once: /name="_once" value="([^"]+)"/.exec(html)?.[1] ?? '', texts, dates, times }
}

/** Choices that most people leave as they are: how a task comes again, what a date is due after. */
const leftAlone = /^(repeat-unit|after|flag|settled-by)$/

/** Something that the box takes, from its name. */
function wordsFor(name: string): string {
  const known: [RegExp, string][] = [
    [/^(nhsNumber|expectedDate-.*|.*password)$/, ''],
    [/^(repeat-every|until-.*|after|after-days|remind|before)$/, ''],
    [/^number$/, '10'],
    [/(^|-)(review|due|next|starts)-year$/, '2099'],
    [/-day$/, '14'],
    [/-month$/, '3'],
    [/-year$/, '2024'],
    [/time$/, '10:30'],
    [/^minutes$/, '55'],
    [/handed-out-|^contact-/, '1'],
    [/^times$/, '2'],
    [/postcode/i, 'TR1 2XX'],
    [/email/, `somebody-${crypto.randomUUID()}@porthkerris.example`],
    [/telephone|outOfHours|out-of-hours/i, '01632 960 123'],
    [/uprn/, '100091234567'],
  ]
  return known.find(([pattern]) => pattern.test(name))?.[1] ?? 'Words of a test'
}

const attributesOf = (head: string): Record<string, string> =>
  Object.fromEntries([...head.matchAll(/([\w-]+)(?:="([^"]*)")?/g)].map(([, name = '', value = '']) => [name, plain(value)]))

const plain = (html: string): string =>
  html.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&')

const pdf =
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n'
