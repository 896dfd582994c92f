/**
 * For tests: two pieces of HTML that a browser would show alike become the same string, and no others.
 * Attributes are sorted and entities decoded; white space collapses as CSS collapses it (a run is one space, dropped at the
 * edges of a block); text in `<textarea>` and `<pre>` is kept as it is.
 */
export function normalisedHtml(html: string): string {
  const root = parse(html)
  collapse(root)
  return root.children
    .map(child => print(child, ''))
    .filter(Boolean)
    .join('\n')
}

type Element = { tag: string; attributes: [string, string][]; children: Node[] }
type Node = Element | { text: string }

const voids = new Set('area base br col embed hr img input link meta source track wbr'.split(' '))
const verbatim = new Set(['textarea', 'script', 'style', 'title'])
// Elements whose edges do not end a line. `label` is left out: .govuk-label is a block.
const inline = new Set('a abbr b cite code em i kbd mark q s samp small span strong sub sup time u var'.split(' '))
// Elements that stand in a line as one piece; so do a tag and a link as a button, inline blocks.
const atoms = new Set('button img input select svg textarea'.split(' '))
const isAtom = (element: Element) =>
  atoms.has(element.tag) || /(^| )govuk-(tag|button)( |$)/.test(Object.fromEntries(element.attributes).class ?? '')

const token = /<!--[\s\S]*?-->|<!doctype[^>]*>|<\/([a-zA-Z][\w-]*)\s*>|<([a-zA-Z][\w-]*)((?:"[^"]*"|'[^']*'|[^"'>])*)>|[^<]+|</gi

function parse(html: string): Element {
  const root: Element = { tag: '#root', attributes: [], children: [] }
  const open: Element[] = [root]
  token.lastIndex = 0
  for (let match = token.exec(html); match; match = token.exec(html)) {
    const [whole, closing, opening, attributes] = match
    const parent = open.at(-1)!
    if (whole.startsWith('<!')) continue
    if (closing) {
      const at = open.findLastIndex(element => element.tag === closing.toLowerCase())
      if (at < 1) throw new Error(`</${closing}> closes nothing in: ${html}`)
      // Only </p> may be left to the parser in HTML; ours and theirs close everything.
      if (at !== open.length - 1) throw new Error(`</${closing}> found while <${parent.tag}> is open in: ${html}`)
      open.length = at
    } else if (opening) {
      const element: Element = { tag: opening.toLowerCase(), attributes: parseAttributes(attributes ?? ''), children: [] }
      parent.children.push(element)
      const selfClosed = /\/\s*$/.test(attributes ?? '')
      if (voids.has(element.tag) || (selfClosed && open.some(o => o.tag === 'svg'))) continue
      if (verbatim.has(element.tag)) {
        const end = html.toLowerCase().indexOf(`</${element.tag}`, token.lastIndex)
        if (end < 0) throw new Error(`<${element.tag}> is never closed in: ${html}`)
        let text = html.slice(token.lastIndex, end)
        if (element.tag === 'textarea') text = text.replace(/^\n/, '')
        element.children.push({ text: decoded(text) })
        token.lastIndex = html.indexOf('>', end) + 1
      } else open.push(element)
    } else parent.children.push({ text: decoded(whole) })
  }
  if (open.length > 1) throw new Error(`<${open.at(-1)!.tag}> is never closed in: ${html}`)
  return root
}

function parseAttributes(source: string): [string, string][] {
  const found = new Map<string, string>()
  for (const [, name, , double, single, bare] of source.matchAll(/([^\s"'=/>]+)(\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g)) {
    const value = decoded(double ?? single ?? bare ?? '')
    // A browser keeps the first of two attributes of one name.
    if (!found.has(name!.toLowerCase())) found.set(name!.toLowerCase(), name === 'class' ? value.trim().replace(/\s+/g, ' ') : value)
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1))
}

const entities: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  ctdot: '⋯',
  copy: '©',
  pound: '£',
}

function decoded(text: string): string {
  return text.replace(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (whole, name: string) => {
    if (name[0] !== '#') {
      if (!(name in entities)) throw new Error(`The test's parser does not know the entity ${whole}`)
      return entities[name]!
    }
    return String.fromCodePoint(name[1]!.toLowerCase() === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1)))
  })
}

function collapse(block: Element): void {
  // The last text of the line so far, while it ends in a space that a following block would drop.
  let trailing: { text: string } | undefined
  let atStart = true
  const walk = (parent: Element) => {
    for (const node of parent.children) {
      if ('text' in node) {
        let text = node.text.replace(/[ \t\r\n\f]+/g, ' ')
        if (atStart || trailing) text = text.replace(/^ /, '')
        node.text = text
        if (text) {
          atStart = false
          trailing = text.endsWith(' ') ? node : undefined
        }
      } else if (isAtom(node)) {
        if (!verbatim.has(node.tag)) collapse(node)
        atStart = false
        trailing = undefined
      } else if (inline.has(node.tag)) walk(node)
      else {
        endLine()
        if (!verbatim.has(node.tag) && node.tag !== 'pre') collapse(node)
      }
    }
  }
  const endLine = () => {
    if (trailing) trailing.text = trailing.text.replace(/ $/, '')
    trailing = undefined
    atStart = true
  }
  walk(block)
  endLine()
}

function print(node: Node, indent: string): string {
  if ('text' in node) return node.text ? `${indent}${JSON.stringify(node.text)}` : ''
  const attributes = node.attributes.map(([name, value]) => ` ${name}=${JSON.stringify(value)}`).join('')
  const children = mergedText(node.children)
    .map(child => print(child, `${indent}  `))
    .filter(Boolean)
  return [`${indent}<${node.tag}${attributes}>`, ...children].join('\n')
}

function mergedText(nodes: Node[]): Node[] {
  const merged: Node[] = []
  for (const node of nodes) {
    const last = merged.at(-1)
    if ('text' in node && last && 'text' in last) last.text += node.text
    else merged.push('text' in node ? { ...node } : node)
  }
  return merged
}
