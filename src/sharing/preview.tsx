import type { VNode } from 'preact'
import { lookThroughShare } from '../access/index.ts'
import type { Case } from '../cases/index.ts'
import { today } from '../platform/clock.ts'
import type { Visit } from '../platform/web/routes.ts'
import { WarningText } from '../ui/index.ts'
import { type Content, casesKnown, contentsOf } from './contents.ts'
import { type CasePartName, partWords, personAlone } from './parts.ts'
import { type ShareWish, windowOfShare } from './read-share.ts'
import { asActorOf, type Receiver } from './receivers.ts'
import type { SharingParts } from './sharing-parts.ts'

/**
 * "This is what they will see": the case as whoever it is for would find it, rendered under their own principals with the share made and
 * then taken back, and beside it by name what of the case stays hidden from them.
 */
export async function Preview(visit: Visit, parts: SharingParts, theCase: Case, wish: ShareWish): Promise<VNode> {
  const { tx, actor, clock } = visit
  const now = clock.now()
  const receiver = await asActorOf(tx, wish.receiver, now)
  if (!receiver) return <WarningText text={`${wish.receiver.name} cannot sign in, and sees nothing.`} />
  // One thing after the other: two of these would look for the same rows as two people.
  const mine = await contentsOf(tx, actor, theCase.id)
  const myCases = await casesKnown(tx, theCase.personId)
  const { level, purpose, lawfulBasis } = wish
  const grant = {
    caseId: theCase.id,
    kind: 'share',
    holder: wish.receiver.principal,
    level,
    parts: wish.parts,
    purpose,
    lawfulBasis,
  } as const
  const share = { grant: { ...grant, ...windowOfShare(wish, today(clock)) }, receiver }
  const seen = await lookThroughShare(tx, actor, now, share, async asThem => ({
    contents: await contentsOf(tx, asThem, theCase.id),
    cases: await casesKnown(tx, theCase.personId),
    page: await parts.caseAsSeen({ ...visit, actor: asThem }, theCase.id),
  }))
  const theirs = new Set(seen.contents.map(one => one.id))
  const hidden = mine.filter(one => !theirs.has(one.id))
  const otherCases = [...myCases].filter(([id]) => !seen.cases.has(id)).map(([, words]) => words)
  if (!seen.page) return <NothingSeen receiver={wish.receiver} isRestricted={theCase.restricted} />
  return (
    <>
      <h2 class="govuk-heading-m">What they will see</h2>
      <p class="govuk-body">Who the person is, how to reach them and every warning about them, and of this case:</p>
      <ByPart
        contents={mine.filter(one => theirs.has(one.id))}
        chosen={wish.parts}
        none={wish.parts?.includes(personAlone) ? 'Only that there is a case.' : 'Nothing yet: there is nothing in these parts.'}
      />
      <h2 class="govuk-heading-m">What stays hidden from them</h2>
      <ByPart contents={hidden} chosen={null} none="Nothing of this case." />
      {otherCases.length > 0 ? <p class="govuk-body">All of {otherCases.join(', ')}.</p> : null}
      <h2 class="govuk-heading-m">The case as {wish.receiver.name} will find it</h2>
      <div class="ly-as-seen">{seen.page}</div>
    </>
  )
}

function NothingSeen({ receiver, isRestricted }: { receiver: Receiver; isRestricted: boolean }): VNode {
  return (
    <WarningText
      text={
        isRestricted
          ? `The case is restricted: ${receiver.name} sees nothing of it until it is open to its team again.`
          : `${receiver.name} will see nothing: the case is withheld from them or from their agency, or they read no records.`
      }
    />
  )
}

/** A line for each part: by name where things have names, else how many. */
function ByPart({ contents, chosen, none }: { contents: readonly Content[]; chosen: readonly string[] | null; none: string }): VNode {
  const parts = Object.keys(partWords).filter((part): part is CasePartName => contents.some(one => one.part === part))
  // What is written in them later is shared as well.
  const empty = Object.keys(partWords).filter(
    (part): part is CasePartName => !!chosen?.includes(part) && !parts.includes(part as CasePartName),
  )
  if (parts.length + empty.length === 0) return <p class="govuk-body">{none}</p>
  return (
    <ul class="govuk-list govuk-list--bullet">
      {parts.map(part => (
        <li key={part}>
          <strong>{partWords[part]}</strong>
          {inWords(contents.filter(one => one.part === part))}
        </li>
      ))}
      {empty.map(part => (
        <li key={part}>
          <strong>{partWords[part]}</strong> (none yet: what is written there from now on)
        </li>
      ))}
    </ul>
  )
}

const named: ReadonlySet<CasePartName> = new Set(['forms', 'plan', 'documents'])

function inWords(contents: readonly Content[]): string {
  const first = contents[0]
  if (first?.part === 'forms') return `: ${formsInWords(contents)}`
  if (first && named.has(first.part)) return `: ${contents.map(one => one.words).join('; ')}`
  const restricted = contents.filter(one => one.isRestricted).length
  if (restricted > 0) return ` (${contents.length}, of which ${restricted} restricted to those named)`
  return ` (${contents.length})`
}

/** 'Early help assessment: The family, The home': each form once, with its sections. */
function formsInWords(contents: readonly Content[]): string {
  const forms = Map.groupBy(contents, one => one.id.split('/', 1)[0])
  return [...forms.values()]
    .map(sections => `${sections[0]?.section?.form ?? ''}: ${sections.map(one => one.section?.title ?? one.words).join(', ')}`)
    .join('; ')
}
