import type { ComponentChildren, VNode } from 'preact'
import { jsxTemplate } from 'preact/jsx-runtime'

/** Every property optional, and `undefined` allowed, so that `label={maybe}` needs no conditional spread. */
export type Options<T> = { [K in keyof T]?: T[K] | undefined }

/** What may stand in a list of items so that `condition && item` can be written. */
export type Falsy = false | null | undefined | '' | 0

/** One HTML attribute: a plain value always prints; `optional` ones vanish when empty and print bare when true (govuk-frontend's rule). */
export type AttributeValue = string | number | boolean | null | undefined
export type Attributes = Record<string, AttributeValue | { value: AttributeValue; optional?: boolean }>

/** `text` (or children) is escaped and may be a VNode. `html` is trusted markup, printed as it is: never build it from what someone typed. */
export type Content = Options<{ text: ComponentChildren; html: string; children: ComponentChildren }>

/** Content with the two options that nearly every part of a component takes. */
export type Part = Content & Options<{ classes: string; attributes: Attributes }>

/** Trusted markup as a node without an element around it. */
export function raw(html: string): VNode {
  return jsxTemplate([html])
}

/** The content of a part: markup if given, else escaped text, else children. */
export function content(part: Content): ComponentChildren {
  return part.html ? raw(part.html) : (part.text ?? part.children)
}

/** Whether a part would print anything. */
export function hasContent(part: Content | Falsy): part is Content {
  return Boolean(part && (part.html || part.text || part.children))
}

/** Class names joined, empty ones left out. */
export function cls(...names: (string | Falsy)[]): string {
  let joined = ''
  for (const name of names) if (name) joined = joined ? `${joined} ${name}` : name
  return joined
}

/** Attributes as properties for an element. */
export function attrs(attributes: Attributes | Falsy): Record<string, string | true> | undefined {
  if (!attributes) return undefined
  const printed: Record<string, string | true> = {}
  for (const name in attributes) {
    const given = attributes[name]
    const isOption = given !== null && typeof given === 'object'
    const value = isOption ? given.value : given
    if (isOption && given.optional) {
      if (value === true) printed[name] = true
      else if (value !== undefined && value !== null && value !== false) printed[name] = String(value)
    } else printed[name] = value === undefined || value === null ? '' : String(value)
  }
  return printed
}

/** A string where a component takes an object with `text`: `label="Surname"` for `label={{ text: 'Surname' }}`. */
export function words<T extends Content>(given: string | T | Falsy): T | { text: string } | undefined {
  if (!given) return undefined
  return typeof given === 'string' ? { text: given } : given
}

/** `data-i18n.*` attributes by which govuk-frontend's script takes other wording. */
export function i18n(key: string, message: string | Record<string, string> | undefined): Record<string, string> | undefined {
  if (!message) return undefined
  if (typeof message === 'string') return { [`data-i18n.${key}`]: message }
  const printed: Record<string, string> = {}
  for (const rule in message) printed[`data-i18n.${key}.${rule}`] = message[rule] ?? ''
  return printed
}
