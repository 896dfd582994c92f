import type { VNode } from 'preact'
import { paths } from '../../paths.ts'
import { formatName } from '../../people/index.ts'
import { DataTable, EmptyState, Tag } from '../../ui/index.ts'
import { inWords, sideOf } from '../relationship.ts'
import type { Link, Network, Node } from './network-of.ts'

/** What the second step of a picture shows, in words: what those around the person are to others. */
export function FurtherTable({ network, centre }: { network: Network; centre: string }): VNode {
  const nodes = new Map(network.nodes.map(node => [node.id, node]))
  const links = network.links.filter(link => link.from !== centre && link.to !== centre)
  return (
    <section aria-labelledby="further">
      <h2 class="govuk-heading-m" id="further">
        Those around these
      </h2>
      <DataTable<Link>
        caption="What those around them are to others"
        captionHidden
        rows={links}
        keyOf={link => link.id}
        empty={<EmptyState title="Nothing more is on record that you may see" />}
        columns={[
          { heading: 'Who', rowHeader: true, cell: link => <Name node={nodes.get(link.to)} /> },
          { heading: 'Is', cell: link => words(link, network, nodes).kind, second: link => (link.current ? '' : 'no longer') },
          { heading: 'Of', cell: link => <Name node={nodes.get(link.from)} /> },
          {
            heading: 'To know',
            cell: link =>
              words(link, network, nodes).warnings.map(warning => <Tag key={warning} text={warning} classes="govuk-tag--red" />),
          },
        ]}
      />
    </section>
  )
}

function words(link: Link, network: Network, nodes: ReadonlyMap<string, Node>) {
  const side = sideOf(link.relationship, link.from)
  const gender = nodes.get(link.to)?.person?.gender ?? null
  return side ? inWords(side, network.terms, gender) : { kind: '', warnings: [], roles: [] }
}

function Name({ node }: { node: Node | undefined }): VNode {
  if (!node?.person) return <bdi>{node?.name}</bdi>
  return (
    <a class="govuk-link" href={paths.people.show(node.person.id)}>
      <bdi>{formatName(node.person)}</bdi>
    </a>
  )
}
