import { paths } from '../../paths.ts'
import { londonTime } from '../../platform/clock.ts'
import { json, notFound, type Answer as WebAnswer } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { markPresent, othersPresent } from '../answer-sets/presence.ts'
import { type AsAnswered, asAnswered } from '../render/as-answered.ts'
import type { FormsHost } from './host.ts'
import { openAgain, openForm } from './open-form.ts'
import { savePosted } from './save-posted.ts'
import { presenceWords } from './saved-words.tsx'

/** What the page's script is told. All of this page: questions and sections that apply now, and what calculations come to. */
export type Autosaved =
  | ({
      state: 'saved'
      saved: string
      /** Where the page shows answers as they were before they were changed elsewhere: how to see them. */
      href?: string
      link?: string
      others: string
      bases: Readonly<Record<string, string>>
    } & AsAnswered)
  | { state: 'clash'; message: string; href: string; link: string; bases: Readonly<Record<string, string>> }
  | { state: 'closed'; message: string }

/** Saves what is on the page now. May be sent any number of times: an unchanged page makes no version. */
export async function autosavePage(visit: Visit, host: FormsHost): Promise<WebAnswer> {
  const before = await openForm(visit, host)
  const page = before?.set.form.definition.pages.find(one => one.code === visit.params.page)
  if (before === undefined || page === undefined || !before.set.mayEdit) return notFound()
  const { set, theCase } = before
  const now = visit.clock.now()
  const saved = await savePosted(visit, host, before, page, 'autosaved')
  if (!saved.ok && saved.error === 'not-there') return notFound()
  if (!saved.ok)
    return json({
      state: 'closed',
      message: 'Not saved: this form was completed or discarded while you were writing. Press “Save” to keep your words on the page.',
    } satisfies Autosaved)
  await markPresent(visit.tx, visit.actor, now, set.id)
  const [aside] = saved.asides
  if (aside !== undefined) {
    const message = 'Somebody else changed the same question. Both are kept:'
    return json({
      state: 'clash',
      message,
      href: paths.forms.settle(theCase.id, set.id, aside),
      link: 'Choose which to keep',
      bases: saved.bases,
    } satisfies Autosaved)
  }
  const after = saved.changed ? await openAgain(visit, before) : before
  return json({
    state: 'saved',
    saved: `Saved at ${londonTime(now)}`,
    ...(saved.isBehind
      ? {
          saved: `Saved at ${londonTime(now)}. Other answers on this page have changed since you opened it:`,
          href: paths.forms.page(theCase.id, set.id, page.code),
          link: 'Show the page as it is now',
        }
      : {}),
    others: presenceWords(await othersPresent(visit.tx, visit.actor, now, set.id)),
    bases: saved.bases,
    ...asAnswered(set.form, page, after.workedOut, after.around),
  } satisfies Autosaved)
}
