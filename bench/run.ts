/**
 * `npm run bench`: the pages that people wait for, through real HTTP with real sessions against the built server, each with its ratio to
 * the floor of the same run: the smallest signed-in page with one trivial query. One line of JSON a case.
 *
 *   npm run bench                              20,000 people: every case at 10, 50 and 200 connections, then 1,000 people at work; words in
 *                                              1,000,000 notes; a caseload among 200,000 (each of these worlds is made once); a text to 5,000 people
 *   npm run bench -- --people 1000000          a million people (seeded once, about ten minutes, then kept in .cache)
 *   npm run bench -- --only notes --notes 50000   words in fewer notes than the million that they are looked for in otherwise
 *   npm run bench -- --only open,search --connections 10 --seconds 5
 *   npm run bench -- --only messages           messages to 1,000 pages that stand open
 *   npm run bench -- --only texts              a text to 5,000 people, as far as GOV.UK Notify's peer
 */
import { parseArgs } from 'node:util'
import { type Figures, saturate, thinkTime } from './measure.ts'
import { sendMessages } from './messages.ts'
import { openWorld } from './open-world.ts'
import { startServer } from './server.ts'
import { type CaseName, caseNames, shotsOf } from './shots.ts'
import { sendTexts } from './texts.ts'

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '20000' },
    notes: { type: 'string', default: '1000000' },
    connections: { type: 'string', default: '10,50,200' },
    seconds: { type: 'string', default: '10' },
    only: { type: 'string' },
    think: { type: 'string', default: '60' },
  },
})
const seconds = Number(values.seconds)
const wanted = (values.only?.split(',') ?? [...caseNames, 'think', 'texts', 'messages']) as (CaseName | 'think' | 'texts' | 'messages')[]
const say = (line: string) => console.error(line)

type Measuring = { people: number; notes: number; cases: readonly (CaseName | 'think')[] }

/** Each world that is measured in, and what in it. */
const measurings: readonly Measuring[] = [
  { people: Number(values.people), notes: 0, cases: ['open', 'search', 'timeline', 'caseload', 'team', 'create', 'mix', 'think'] },
  { people: Number(values.people), notes: Number(values.notes), cases: ['notes'] },
  // A case each.
  { people: 200_000, notes: 0, cases: ['large-caseload'] },
]
for (const { cases, ...world } of measurings) {
  const those = cases.filter(one => wanted.includes(one))
  if (those.length > 0) await measure({ ...world, cases: those })
}
if (wanted.includes('texts')) await sendTexts(Number(values.people), say)
if (wanted.includes('messages')) await sendMessages(Number(values.people), say)

async function measure({ people, notes, cases }: Measuring): Promise<void> {
  const world = await openWorld(people, notes, say)
  const server = await startServer(world, say)
  try {
    const shots = shotsOf(world, people)
    await saturate({ origin: server.origin, connections: 10, seconds: 5, shot: shots.mix })
    for (const connections of values.connections.split(',').map(Number)) {
      const floor = await saturate({ origin: server.origin, connections, seconds: Math.min(seconds, 5), shot: shots.floor })
      print({ case: 'floor', people, notes, connections }, floor, floor)
      for (const name of cases) {
        if (name === 'think') continue
        const figures = await saturate({ origin: server.origin, connections, seconds, shot: shots[name] })
        print({ case: name, people, notes, connections }, figures, floor)
      }
    }
    if (cases.includes('think')) {
      const atWork = await thinkTime({
        origin: server.origin,
        people: 1_000,
        thinkSeconds: 10,
        seconds: Number(values.think),
        shot: (person, n) => shots.mix(person * 7919 + n),
      })
      console.info(JSON.stringify({ case: '1,000 people at work, one action each 10 s', people, ...atWork }))
    }
  } finally {
    await server.stop()
    await world.close()
  }
}

type Measured = { case: string; people: number; notes: number; connections: number }

function print({ notes, ...measured }: Measured, figures: Figures, floor: Figures): void {
  const ratioToFloor = Math.round((floor.perSecond / figures.perSecond) * 100) / 100
  console.info(JSON.stringify({ ...measured, ...(notes > 0 ? { notes } : {}), ...figures, ratioToFloor }))
}
