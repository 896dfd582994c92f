import type { Visitor } from '../harness/visitor.ts'

/** A page that somebody can reach by following links from home. */
export type Found = { address: string; kind: string; from: string; status: number; html: string; type: string }

/** The kind of page that an address leads to: its own without ids, and which questions it asks. */
function kindOf(address: string): string {
  const { pathname, searchParams } = new URL(address, 'http://ours.invalid')
  const path = pathname
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, ':id')
    .replaceAll(/\/\d+(?=\/|$)/g, '/:n')
    .replace(/(\/pages\/)[\w-]+$/, '$1:page')
    .replace(/(\/referral\/)[\w-]+$/, '$1:page')
    .replace(/(\/details\/)[\w-]+$/, '$1:section')
    .replace(/(\/set-password\/).*/, '$1:token')
    .replace(/^(\/refer|\/settings\/referral-pages)\/[a-z0-9]{8}$/, '$1/:page')
  const asked = [...new Set(searchParams.keys())].sort().join('&')
  return asked ? `${path}?${asked}` : path
}

/** Follows every link from these addresses, as far as `most` of each kind. Redirects are followed and count as the page that they lead to. */
export async function crawl(visitor: Visitor, starts: readonly string[], most = 8): Promise<Found[]> {
  const found: Found[] = []
  const seen = new Set<string>()
  const ofKind = new Map<string, number>()
  const waiting = starts.map(address => ({ address, from: 'the beginning' }))
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const address = next.address.replace(/#.*$/, '')
    const kind = kindOf(address)
    if (seen.has(address) || (ofKind.get(kind) ?? 0) >= most) continue
    seen.add(address)
    ofKind.set(kind, (ofKind.get(kind) ?? 0) + 1)
    const reply = await visitor.get(address)
    if (reply.status === 303 && reply.location) {
      waiting.unshift({ address: reply.location, from: address })
      continue
    }
    const type = String(reply.headers['content-type'] ?? '')
    found.push({ ...next, address, kind, status: reply.status, html: type.startsWith('text/html') ? reply.html : '', type })
    if (type.startsWith('text/html')) for (const link of linksIn(reply.html)) waiting.push({ address: link, from: address })
  }
  return found
}

/** Links, and searches and filters as they stand. */
function linksIn(html: string): string[] {
  const plain = (text: string) => text.replaceAll('&amp;', '&')
  const anchors = [...html.matchAll(/<(?:a|iframe|img|link|script)\b[^>]*? (?:href|src)="([^"]*)"/g)].map(([, address = '']) =>
    plain(address),
  )
  // The way out in a hurry leads elsewhere, and leaves nothing open behind it.
  return anchors.filter(address => /^\/(?!\/)/.test(address) && address !== '/refer/leave')
}

/** What a page is made of: every kind of element on it, by its tag and classes. */
export const partsOf = ({ html }: Found): Set<string> =>
  new Set([...html.matchAll(/<(\w+)([^>]*)>/g)].map(([, tag, head = '']) => `${tag} ${/ class="([^"]*)"/.exec(head)?.[1] ?? ''}`))
