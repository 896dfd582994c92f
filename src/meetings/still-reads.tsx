import type { VNode } from 'preact'
import { wordsPart } from '../access/index.ts'
import { FormFacts, workOut } from '../forms/index.ts'
import type { Visit } from '../platform/web/routes.ts'
import { InsetText, WarningText } from '../ui/index.ts'
import { formToRead, surroundings } from './answers.ts'
import { type OfItem, peopleLine } from './frame.tsx'
import { partLabel } from './own-parts.ts'
import type { StillRead } from './still-read.ts'

type Props = { visit: Visit; of: OfItem; holderName: string; kept: readonly string[]; read: StillRead }

/** What somebody will still read, before parts are kept from them: with what gives away whom it keeps. */
export function StillReads({ visit, of: { kind, parties }, holderName, kept, read }: Props): VNode {
  const around = surroundings(visit.clock.now())
  return (
    <>
      <p class="govuk-body">{holderName} will not read:</p>
      <ul class="govuk-list govuk-list--bullet">
        {kept.map(part => (
          <li key={part}>
            {partLabel(kind, parties, part)}
            {part === wordsPart
              ? ': the referral’s words, what other agencies bring, notes, decisions, messages about the case, and actions of others'
              : null}
          </li>
        ))}
      </ul>
      {read.tells.length > 0 ? (
        <>
          {WarningText({ text: `What ${holderName} goes on reading has words of what is kept from it:`, iconFallbackText: 'Warning' })}
          <ul class="govuk-list govuk-list--bullet">
            {read.tells.map(one => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </>
      ) : null}
      <h2 class="govuk-heading-m">{holderName} goes on reading</h2>
      {kept.includes(wordsPart)
        ? InsetText({ text: 'What it brings itself and what it is given to do: say nothing there that is kept from it.' })
        : InsetText({
            text: 'What agencies bring, also what you do not read before the papers go round, and every note, decision, document and action from now on.',
          })}
      <p class="govuk-body">{peopleLine(kind, read.people) || 'Nobody by name.'}</p>
      {read.forms.map(({ title, definition, saved, sections }) => {
        const form = formToRead(definition)
        return (
          <section key={title}>
            <h3 class="govuk-heading-s">{title}</h3>
            <FormFacts form={form} filled={saved} workedOut={workOut(form, saved.answers, around)} around={around} sections={sections} />
          </section>
        )
      })}
      {read.dated.length > 0 ? (
        <>
          <h3 class="govuk-heading-s">What happened, and when</h3>
          <p class="govuk-body">
            No name stands here, but days and kinds can tell whoever was there who complained. Keep the free words as well if they must not.
          </p>
          <ul class="govuk-list govuk-list--bullet">
            {read.dated.map(one => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </>
      ) : null}
      {read.entries.length + read.actions.length > 0 ? (
        <ul class="govuk-list govuk-list--bullet">
          {read.entries.map(one => (
            <li key={one.id}>
              {one.kind === 'note' ? 'Notes' : 'Decision'}: {one.words}
            </li>
          ))}
          {read.actions.map(one => (
            <li key={one.id}>
              Action: {one.what}
              {read.updates
                .filter(update => update.actionId === one.id)
                .map(update => (
                  <span class="ly-second" key={update.id}>
                    {update.words}
                  </span>
                ))}
            </li>
          ))}
        </ul>
      ) : null}
    </>
  )
}
