import type { Answers } from '../../forms/index.ts'
import {
  addItemDocument,
  addToLog,
  bringAgain,
  endAction,
  findAction,
  itemSubject,
  ownRowOf,
  partiesOf,
  recordMove,
  recordStep,
  updateAction,
  writeTogetherAtOnce,
} from '../../meetings/index.ts'
import { conversationToChange, sendMessage, startConversation, usersWithIds } from '../../messages/index.ts'
import { londonDate } from '../../platform/clock.ts'
import type { When } from '../calendar.ts'
import { keepPaper, type Paper } from '../papers.ts'
import { mustBe, type Ref } from '../telling/tale.ts'
import { itemOf, nextDate, type StageOfMeeting, type Telling } from './telling.ts'

// What happens with an item between the dates of its meeting, each by somebody of an agency that it is for, or who runs the meeting.

/** Whom of an item it is about, as far as they see them: by surname, or what they or a place are called. */
async function partyOf({ tx }: StageOfMeeting, itemId: string, called: string) {
  const party = (await partiesOf(tx, [itemId])).get(itemId)?.find(one => one.familyName === called || one.givenName === called)
  if (!party) throw new Error(`${called} is not of the item.`)
  return party
}

async function asTheirs(stage: StageOfMeeting, itemId: string): Promise<number[]> {
  const own = await ownRowOf(stage, { item: await itemOf(stage, itemId), series: stage.series })
  if (!own) throw new Error(`${stage.actor.name} does not write of the item.`)
  return own
}

type Step = { of: string; stage: string; reason?: string; until?: number; agency: string }
/** A step is taken with somebody, such as a warning. */
export const takesStep = ({ does, cast, calendar, kind }: Telling, when: When, by: string, itemId: string, step: Step): Promise<void> =>
  does(when, by, async stage => {
    const { tx, actor, now } = stage
    const { stages } = kind
    if (!stages) throw new Error(`${kind.name} takes no steps.`)
    await recordMove(
      tx,
      actor,
      now,
      { id: itemId },
      {
        party: await partyOf(stage, itemId, step.of),
        list: stages.list,
        stage: step.stage,
        reasons: stages.reasons,
        reason: step.reason ?? '',
        givenOn: londonDate(now),
        until: step.until === undefined ? null : calendar.day(step.until),
        agencyId: cast.agencyId(step.agency),
        own: await asTheirs(stage, itemId),
      },
    )
  })

type Logged = { log: string; what: string; with?: string; agency: string; words: string }
/** What happened, in a log of the item: on the day on which it is written. */
export const logs = ({ does, cast, kind }: Telling, when: When, by: string, itemId: string, entry: Logged): Promise<void> =>
  does(when, by, async stage => {
    const { tx, actor, now } = stage
    const isTold = kind.logs.some(one => one.code === entry.log && one.told)
    await addToLog(tx, actor, now, itemId, {
      log: entry.log,
      what: entry.what,
      happenedOn: londonDate(now),
      toldOn: isTold ? londonDate(now) : null,
      partyId: entry.with ? (await partyOf(stage, itemId, entry.with)).id : null,
      agencyId: cast.agencyId(entry.agency),
      words: entry.words,
      own: await asTheirs(stage, itemId),
    })
  })

type ReviewStep = Omit<Parameters<typeof recordStep>[4], 'happenedOn' | 'partyId'>
/** A step of the review that somebody asked for. */
export const reviews = ({ does, coordinator }: Telling, when: When, itemId: string, step: ReviewStep): Promise<void> =>
  does(when, coordinator, async ({ tx, actor, now }) => {
    mustBe(await recordStep(tx, actor, now, itemId, { ...step, happenedOn: londonDate(now) }))
  })

/** A paper is brought to the item. */
export const brings = ({ does, files }: Telling, when: When, by: string, itemId: string, title: string, paper: Paper): Promise<void> =>
  does(when, by, async stage => {
    const file = await keepPaper(files, paper)
    const own = await asTheirs(stage, itemId)
    await addItemDocument(stage.tx, stage.actor, stage.now, itemId, { title, file, willBeScanned: false, own })
  })

/** Somebody writes in the form of all. */
export const writes = ({ does, kind }: Telling, when: When, by: string, itemId: string, written: Answers): Promise<void> =>
  does(when, by, async stage => writeTogetherAtOnce(stage.tx, stage.actor, stage.now, kind, await itemOf(stage, itemId), written))

/** It was talked about, and comes to the next date as well. */
export const comesAgain = ({ does, coordinator }: Telling, when: When, itemId: string): Promise<void> =>
  does(when, coordinator, async stage => {
    mustBe(await bringAgain(stage.tx, stage.actor, stage.now, await itemOf(stage, itemId), await nextDate(stage)))
  })

/** What was agreed is done, or has come so far. */
export const acts = ({ does }: Telling, when: When, by: string, action: Ref, words: string, isDone = false): Promise<void> =>
  does(when, by, async ({ tx, actor, now }) => {
    const found = await findAction(tx, actor, action.id)
    if (!found) throw new Error(`The action is not ${actor.name}'s to see.`)
    if (isDone) mustBe(await endAction(tx, actor, now, found, 'done', words))
    else await updateAction(tx, actor, now, found, words)
  })

/** Somebody begins to talk with others about the item. Answers the conversation. */
export const talks = (
  { does, cast }: Telling,
  when: When,
  by: string,
  itemId: string,
  to: readonly string[],
  words: string,
): Promise<string> =>
  does(when, by, async ({ tx, actor, now }) => {
    const subject = await itemSubject.open(tx, actor, itemId)
    if (!subject) throw new Error(`${actor.name} does not read what is said of it.`)
    const members = await usersWithIds(
      tx,
      to.map(one => cast.user(one).userId),
    )
    return mustBe(await startConversation(tx, actor, now, { to: members, title: '', words, about: { type: itemSubject.type, subject } }))
  })

export const says = ({ does }: Telling, when: When, by: string, conversationId: string, words: string): Promise<void> =>
  does(when, by, async ({ tx, actor, now }) => {
    const conversation = await conversationToChange(tx, actor, conversationId)
    if (!conversation) throw new Error(`${actor.name} is not in it.`)
    await sendMessage(tx, actor, now, conversation, words)
  })
