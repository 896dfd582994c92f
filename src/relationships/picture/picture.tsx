import type { VNode } from 'preact'
import { paths } from '../../paths.ts'
import { formatName } from '../../people/index.ts'
import { ageOn, type PlainDate } from '../../platform/plain-date.ts'
import { inWords, sideOf } from '../relationship.ts'
import { type Layout, layOut, type Place } from './layout.ts'
import type { Link, Network, Node } from './network-of.ts'

// A genogram, drawn on the server: squares for men, circles for women, diamonds where gender is another or not known (by the gender on record,
// never by sex); a cross through somebody who has died. What the picture says the tables under it say in words.

const cell = { width: 168, height: 150 }
const size = 34
/** Room above the first row for the highest bow and its word. */
const top = 58

/** The picture in a box that scrolls by itself, with what its signs mean. */
export function Picture({ network, centre, today, label }: { network: Network; centre: string; today: PlainDate; label: string }): VNode {
  const layout = layOut(
    centre,
    network.nodes.map(node => node.id),
    network.links,
  )
  const width = Math.max(layout.columns, 2) * cell.width
  const height = layout.rows * cell.height
  return (
    <figure class="ly-picture">
      <section
        class="ly-picture__box"
        aria-label={label}
        // A box that scrolls must be reached by keyboard
        tabindex={0}
      >
        <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height}>
          <title>{label}</title>
          {network.links.map(link => (
            <LinkDrawn key={link.id} link={link} layout={layout} network={network} />
          ))}
          {network.nodes.map(node => (
            <Somebody key={node.id} node={node} place={layout.places.get(node.id)!} isCentre={node.id === centre} today={today} />
          ))}
        </svg>
      </section>
      <figcaption class="ly-picture__legend ly-second">
        <span>□ man or boy</span> <span>○ woman or girl</span> <span>◇ another gender, or not known</span> <span>✕ has died</span>{' '}
        <span>— family and partners</span> <span>╌ others, and what has ended</span>{' '}
        <strong class="ly-due--late">red: danger, in words</strong>
        {width > 2 * cell.width && (
          <p class={width > 1_000 ? undefined : 'ly-picture__more'}>
            Move the picture sideways to see all of it. The tables below say the same in words.
          </p>
        )}
      </figcaption>
    </figure>
  )
}

const middle = ({ x, row }: Place) => ({ x: (x + 0.5) * cell.width, y: row * cell.height + top })

function Somebody({ node, place, isCentre, today }: { node: Node; place: Place; isCentre: boolean; today: PlainDate }): VNode {
  const { x, y } = middle(place)
  const { person } = node
  const name = person ? formatName(person) : (node.name ?? '')
  const died = person ? person.deathRecordedAt !== null : false
  const [first, second] = twoLines(name)
  const born = person?.dateOfBirth ?? null
  const age = born === null ? undefined : ageOn(born, person?.diedOn ?? today)
  const drawn = (
    <g>
      <title>{name}</title>
      <g fill={isCentre ? '#d2e2f1' : '#fff'} stroke="#0b0c0c" stroke-width={isCentre ? 4 : 2}>
        <ShapeOf gender={person?.gender ?? null} x={x} y={y} />
        {died ? <path d={`M${x - 22} ${y - 22}L${x + 22} ${y + 22}M${x + 22} ${y - 22}L${x - 22} ${y + 22}`} /> : null}
      </g>
      {age === undefined ? null : (
        <text x={x} y={y + 5}>
          {age}
        </text>
      )}
      <text font-weight="700" x={x} y={y + size + 14}>
        {first}
      </text>
      <text font-weight="700" x={x} y={y + size + 30}>
        {second}
      </text>
      <text x={x} y={y + size + (second === '' ? 30 : 46)}>
        {[died ? 'has died' : '', person ? '' : 'not on record'].filter(Boolean).join(', ')}
      </text>
    </g>
  )
  return person && !isCentre ? <a href={paths.people.show(person.id)}>{drawn}</a> : drawn
}

function ShapeOf({ gender, x, y }: { gender: string | null; x: number; y: number }): VNode {
  const half = size - 10
  if (gender === 'woman' || gender === 'girl') return <circle cx={x} cy={y} r={half} />
  if (gender === 'man' || gender === 'boy') return <rect x={x - half} y={y - half} width={2 * half} height={2 * half} />
  return <path d={`M${x} ${y - half - 4}L${x + half + 4} ${y}L${x} ${y + half + 4}L${x - half - 4} ${y}Z`} />
}

function LinkDrawn({ link, layout, network }: { link: Link; layout: Layout; network: Network }): VNode | null {
  const [from, to] = [layout.places.get(link.from), layout.places.get(link.to)]
  if (!from || !to) return null
  const { path, at } = pathOf(link, from, to)
  const words = wordsOf(link, network)
  const isPlain = link.shape !== 'other' && link.current
  return (
    <g>
      <path
        d={path}
        fill="none"
        stroke={link.dangerous ? '#ca3535' : '#505a5f'}
        stroke-width={link.dangerous ? 3 : 1.5}
        stroke-dasharray={isPlain ? undefined : '5 4'}
      />
      {words.map((line, index) => (
        <text key={line} fill={link.dangerous ? '#aa1a1a' : undefined} x={at.x} y={at.y + index * 14}>
          {line}
        </text>
      ))}
    </g>
  )
}

/** Children hang under their parents, partners are joined side by side, brothers and sisters from above; everybody else by a bow. */
function pathOf({ shape, dangerous }: Link, a: Place, b: Place): { path: string; at: { x: number; y: number } } {
  const [from, to] = [middle(a), middle(b)]
  const half = size - 8
  if (a.row !== b.row) {
    const [above, below] = a.row < b.row ? [from, to] : [to, from]
    const bend = below.y - half - 14
    const path = `M${above.x} ${above.y + half}V${bend}H${below.x}V${below.y - half}`
    const bow = `M${above.x} ${above.y}Q${(above.x + below.x) / 2 + 40} ${(above.y + below.y) / 2} ${below.x} ${below.y}`
    const isFamily = shape === 'parent' && !dangerous
    return { path: isFamily ? path : bow, at: { x: above.x + (below.x - above.x) * 0.7 + 20, y: below.y - half - 34 } }
  }
  const [left, right] = from.x < to.x ? [from, to] : [to, from]
  const isBeside = right.x - left.x <= cell.width
  const at = { x: (left.x + right.x) / 2, y: left.y - 6 }
  if (shape === 'partner' && isBeside) return { path: `M${left.x + half} ${left.y}H${right.x - half}`, at }
  const rise = left.y - half - (shape === 'sibling' ? 10 : 14 + Math.min((right.x - left.x) / 40, 6))
  if (shape === 'sibling') return { path: `M${left.x} ${left.y - half}V${rise}H${right.x}V${right.y - half}`, at: { ...at, y: rise - 3 } }
  if (isBeside) return { path: `M${left.x + half} ${left.y}H${right.x - half}`, at }
  return {
    path: `M${left.x} ${left.y - half}Q${(left.x + right.x) / 2} ${rise - 12} ${right.x} ${right.y - half}`,
    at: { ...at, y: rise - 2 },
  }
}

/** What a line means, where its form does not say it: others than family, what has ended, and every danger. */
function wordsOf(link: Link, { terms, nodes }: Network): string[] {
  const gender = nodes.find(node => node.id === link.to)?.person?.gender ?? null
  const side = sideOf(link.relationship, link.from)
  if (!side) return []
  const { kind, warnings } = inWords(side, terms, gender)
  const isSaid = link.shape === 'other' || !link.current || link.term?.code === 'ex-partner'
  // The table says all of it; a line has room for a few words.
  return [...(isSaid ? [kind] : []), ...(link.dangerous && warnings.length > 0 ? [warnings[0]!] : [])].map(words => cut(words, 26))
}

function twoLines(name: string): [string, string] {
  const [family = '', given = ''] = name.split(', ')
  return [cut(family, 20), cut(given, 20)]
}

const cut = (text: string, longest: number): string => {
  const letters = [...text]
  return letters.length <= longest ? text : `${letters.slice(0, longest - 1).join('')}…`
}
