import { type Fields, fieldsFrom } from '../../platform/web/fields.ts'

/** What a browser would post of a form, read from its HTML: enough of HTML's rules for what our own components print. */
export function browserPost(page: string): Fields {
  const html = page.replace(/<template>.*?<\/template>/gs, '')
  const entries: [string, string][] = []
  for (const found of html.matchAll(/<(input|textarea|select)\b((?:[^>"]|"[^"]*")*)>/g)) {
    const [tag, kind, attributes] = found as unknown as [string, string, string]
    const name = attribute(attributes, 'name')
    if (!name) continue
    const after = html.slice(found.index + tag.length)
    if (kind === 'textarea') entries.push([name, unescaped(after.slice(0, after.indexOf('</textarea>')).replace(/^\n/, ''))])
    else if (kind === 'select') entries.push([name, chosen(after.slice(0, after.indexOf('</select>')))])
    else if (isSent(attributes))
      entries.push([name, attribute(attributes, 'value') ?? (/type="(radio|checkbox)"/.test(attributes) ? 'on' : '')])
  }
  return fieldsFrom(entries)
}

function isSent(attributes: string): boolean {
  const type = attribute(attributes, 'type')
  if (type === 'radio' || type === 'checkbox') return /\schecked(?=[\s/=]|$)/.test(attributes)
  return type !== 'file'
}

function chosen(options: string): string {
  const selected = /<option\b((?:[^>"]|"[^"]*")*\sselected[^>]*)>/.exec(options) ?? /<option\b([^>]*)>/.exec(options)
  return attribute(selected?.[1] ?? '', 'value') ?? ''
}

function attribute(attributes: string, name: string): string | undefined {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(attributes)
  if (found) return unescaped(found[1]!)
  return new RegExp(`\\s${name}(?=[\\s/]|$)`).test(attributes) ? '' : undefined
}

function unescaped(text: string): string {
  return text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&#39;', "'").replaceAll('&amp;', '&')
}
