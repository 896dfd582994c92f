import { formatName } from '../../people/index.ts'
import { inWords, type Side, sideOf } from '../relationship.ts'
import { wordFor } from '../terms.ts'
import { calledBy } from '../words.tsx'
import type { Link, Network, Node } from './network-of.ts'
import { wrapped } from './wrapped.ts'

// What stands under each person of a picture: the name, what the lines do not say, and every danger, each under the person of whom it warns,
// never on a line, where it might be read of somebody else.

export type Said = { readonly text: string; readonly warns: boolean }
export type Label = { readonly name: readonly string[]; readonly said: readonly Said[] }

/** Everybody's label in lines that fit under them. */
export function labelsOf(network: Network, centre: string): Map<string, Label> {
  const said = new Map<string, Said[]>(network.nodes.map(node => [node.id, stateOf(node)]))
  for (const link of network.links) for (const one of sayingsOf(link, network, centre)) said.get(one.of)?.push(one)
  return new Map(
    network.nodes.map(node => [
      node.id,
      {
        name: nameOf(node).split(', ').flatMap(wrapped),
        said: (said.get(node.id) ?? []).flatMap(({ text, warns }) => wrapped(text).map(line => ({ text: line, warns }))),
      },
    ]),
  )
}

export const nameOf = (node: Node): string => (node.person ? formatName(node.person) : (node.name ?? ''))

function stateOf(node: Node): Said[] {
  if (!node.person) return [{ text: 'not on record', warns: false }]
  return node.person.deathRecordedAt === null ? [] : [{ text: 'has died', warns: false }]
}

/** What a relationship says of either end. Whoever it is not said about is named, unless that is whom the picture is of. */
function sayingsOf(link: Link, { terms, nodes }: Network, centre: string): (Said & { of: string })[] {
  const told = link.to === centre ? link.from : link.to
  const viewer = told === link.to ? link.from : link.to
  const side = sideOf(link.relationship, viewer)
  if (!side) return []
  const node = (id: string) => nodes.find(one => one.id === id)
  const called = (id: string) => {
    const one = node(id)
    return one?.person ? calledBy(one.person) : (one?.name ?? '')
  }
  const said: (Said & { of: string })[] = []
  if (isSaid(link)) {
    const { kind } = inWords(side, terms, node(told)?.person?.gender ?? null)
    const words = link.current ? kind : `${kind} (no longer)`
    said.push({
      of: told,
      text: viewer === centre ? words : `To ${called(viewer)}: ${words}`,
      warns: link.term?.danger ?? false,
    })
  }
  for (const { of, about, code } of warningsOf(side, told, viewer)) {
    const words = wordFor(terms.get(code), 'there', null)
    const named = words.replace(/this person/i, called(about))
    said.push({ of, text: named === words && about !== centre ? `For ${called(about)}: ${words}` : named, warns: true })
  }
  return said
}

/** Where the form of a line does not say it: others than family, what has ended, every danger. */
const isSaid = (link: Link): boolean =>
  link.shape !== 'other' ? !link.current || link.term?.code === 'ex-partner' || Boolean(link.term?.danger) : true

function warningsOf({ way, stated }: Side, told: string, viewer: string): { of: string; about: string; code: string }[] {
  const [ofTold, ofViewer] = way === 'there' ? [stated.warnings, stated.warningsBack] : [stated.warningsBack, stated.warnings]
  return [...ofTold.map(code => ({ of: told, about: viewer, code })), ...ofViewer.map(code => ({ of: viewer, about: told, code }))]
}
