import type { VNode } from 'preact'
import { paths } from '../../paths.ts'
import { ageOn, type PlainDate } from '../../platform/plain-date.ts'
import { type Label, labelsOf, nameOf } from './labels.ts'
import { layOut } from './layout.ts'
import type { Link, Network, Node } from './network-of.ts'
import { columnWidth, type Spot, stand } from './standing.ts'
import { lineHeight } from './wrapped.ts'

// A genogram, drawn on the server: squares for men, circles for women, diamonds where gender is another or not known (by the gender on record,
// never by sex); a cross through somebody who has died. What the picture says the tables under it say in words.

const size = 34

/** The picture in a box that scrolls by itself, with what its signs mean. */
export function Picture({ network, centre, today, label }: { network: Network; centre: string; today: PlainDate; label: string }): VNode {
  const layout = layOut(
    centre,
    network.nodes.map(node => node.id),
    network.links,
  )
  const labels = labelsOf(network, centre)
  const linesOf = (id: string) => (labels.get(id)?.name.length ?? 0) + (labels.get(id)?.said.length ?? 0)
  const { spots, width, height } = stand(layout, linesOf)
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
            <LinkDrawn key={link.id} link={link} spots={spots} />
          ))}
          {network.nodes.map(node => (
            <Somebody
              key={node.id}
              node={node}
              spot={spots.get(node.id)!}
              label={labels.get(node.id)!}
              isCentre={node.id === centre}
              today={today}
            />
          ))}
        </svg>
      </section>
      <figcaption class="ly-picture__legend ly-second">
        <span>□ man or boy</span> <span>○ woman or girl</span> <span>◇ another gender, or not known</span> <span>✕ has died</span>{' '}
        <span>— family and partners</span> <span>╌ others, and what has ended</span>{' '}
        <strong class="ly-due--late">⚠ red: danger, in words under whom it is about</strong>
        {width > 2 * columnWidth && (
          <p class={width > 1_000 ? undefined : 'ly-picture__more'}>
            Move the picture sideways to see all of it. The tables below say the same in words.
          </p>
        )}
      </figcaption>
    </figure>
  )
}

type SomebodyProps = { node: Node; spot: Spot; label: Label; isCentre: boolean; today: PlainDate }

function Somebody({ node, spot, label, isCentre, today }: SomebodyProps): VNode {
  const { x, y } = spot
  const { person } = node
  const died = person ? person.deathRecordedAt !== null : false
  const born = person?.dateOfBirth ?? null
  const age = born === null ? undefined : ageOn(born, person?.diedOn ?? today)
  const warns = label.said.some(one => one.warns)
  const line = (index: number) => label.name.length + index
  const drawn = (
    <>
      <title>{nameOf(node)}</title>
      <g fill={isCentre ? '#d2e2f1' : '#fff'} stroke={warns ? '#ca3535' : '#0b0c0c'} stroke-width={isCentre ? 4 : 2}>
        <ShapeOf gender={person?.gender ?? null} x={x} y={y} />
        {died ? <path d={`M${x - 22} ${y - 22}L${x + 22} ${y + 22}M${x + 22} ${y - 22}L${x - 22} ${y + 22}`} /> : null}
      </g>
      {age === undefined ? null : (
        <text x={x} y={y + 5}>
          {age}
        </text>
      )}
      {label.name.map((text, index) => (
        <text key={text} font-weight="700" x={x} y={lineOf(spot, index)}>
          {text}
        </text>
      ))}
    </>
  )
  return (
    <g>
      {/* Whatever line runs here is behind the words. */}
      <rect class="ly-picture__words" {...spot.label} fill="#fff" />
      {person && !isCentre ? <a href={paths.people.show(person.id)}>{drawn}</a> : <g>{drawn}</g>}
      {warns ? <WarningMark x={x + size - 2} y={y - size + 14} /> : null}
      {label.said.map(({ text, warns: isWarning }, index) => (
        <text
          key={`${index} ${text}`}
          x={x}
          y={lineOf(spot, line(index))}
          fill={isWarning ? '#aa1a1a' : undefined}
          font-weight={isWarning ? 700 : undefined}
        >
          {text}
        </text>
      ))}
    </g>
  )
}

const lineOf = ({ label }: Spot, index: number): number => label.y + (index + 1) * lineHeight - 4

/** A danger is never told by its colour alone. */
function WarningMark({ x, y }: { x: number; y: number }): VNode {
  return (
    <g>
      <path d={`M${x} ${y - 11}L${x + 12} ${y + 10}H${x - 12}Z`} fill="#ca3535" />
      <path d={`M${x} ${y - 4}V${y + 3}M${x} ${y + 5}V${y + 8}`} stroke="#fff" stroke-width="2.5" />
    </g>
  )
}

function ShapeOf({ gender, x, y }: { gender: string | null; x: number; y: number }): VNode {
  const half = size - 10
  if (gender === 'woman' || gender === 'girl') return <circle cx={x} cy={y} r={half} />
  if (gender === 'man' || gender === 'boy') return <rect x={x - half} y={y - half} width={2 * half} height={2 * half} />
  return <path d={`M${x} ${y - half - 4}L${x + half + 4} ${y}L${x} ${y + half + 4}L${x - half - 4} ${y}Z`} />
}

function LinkDrawn({ link, spots }: { link: Link; spots: ReadonlyMap<string, Spot> }): VNode | null {
  const [from, to] = [spots.get(link.from), spots.get(link.to)]
  if (!from || !to) return null
  const isPlain = link.shape !== 'other' && link.current
  return (
    <path
      d={pathOf(link, from, to)}
      fill="none"
      stroke={link.dangerous ? '#ca3535' : '#505a5f'}
      stroke-width={link.dangerous ? 3 : 1.5}
      stroke-dasharray={isPlain ? undefined : '5 4'}
    />
  )
}

/** Children hang under their parents, partners are joined side by side, brothers and sisters from above; everybody else by a bow. */
function pathOf({ shape, dangerous }: Link, from: Spot, to: Spot): string {
  const half = size - 8
  if (from.row !== to.row) {
    const [above, below] = from.row < to.row ? [from, to] : [to, from]
    const bend = below.y - half - 14
    if (shape === 'parent' && !dangerous) return `M${above.x} ${above.y + half}V${bend}H${below.x}V${below.y - half}`
    return `M${above.x} ${above.y}Q${(above.x + below.x) / 2 + 40} ${(above.y + below.y) / 2} ${below.x} ${below.y}`
  }
  const [left, right] = from.x < to.x ? [from, to] : [to, from]
  const isBeside = right.x - left.x <= columnWidth
  if (isBeside && shape !== 'sibling') return `M${left.x + half} ${left.y}H${right.x - half}`
  const rise = left.y - half - (shape === 'sibling' ? 10 : 14 + Math.min((right.x - left.x) / 40, 6))
  if (shape === 'sibling') return `M${left.x} ${left.y - half}V${rise}H${right.x}V${right.y - half}`
  return `M${left.x} ${left.y - half}Q${(left.x + right.x) / 2} ${rise - 12} ${right.x} ${right.y - half}`
}
