import { keepSearch } from '../../search/index.ts'
import { beginCover, newSince, saveView, whoCouldCover } from '../../work/index.ts'
import type { Story } from '../telling/tale.ts'
import { mustBe } from '../telling/tale.ts'
import { answered, talked } from '../telling/talked.ts'

const demelza = 'demelza.vyvyan'

/** How the team of Early Help West works together: who covers for whom, which view and search they share, and when everybody last looked at their work. */
export const team: Story = {
  title: 'Early Help West',
  tell: tale => {
    tale.happens([4, '16:30'], demelza, 'a view for the team', async ({ tx, actor, now, cast }) => {
      const { principal } = cast.team('Early Help West', 'early-help')
      await saveView(tx, actor, now, {
        list: 'my-work',
        name: 'High risk, longest without contact',
        query: 'order=contact&risk=high',
        team: principal,
      })
    })
    tale.happens([4, '16:35'], demelza, 'a search for the team', async ({ tx, actor, now, cast }) => {
      const { principal } = cast.team('Early Help West', 'early-help')
      const query = new URLSearchParams({ q: 'breakfast or lunch', in: 'note', service: 'early-help', when: 'last 3 months' }).toString()
      await keepSearch(tx, actor, now, { name: 'Children without food', query, team: principal })
    })
    tale.happens([2, '09:00'], demelza, 'cover for Perran', async ({ tx, actor, now, cast }) => {
      const { id: teamId } = cast.team('Early Help West', 'early-help')
      const workerId = cast.user('perran.hocking').userId
      const by = (await whoCouldCover(tx, teamId, workerId)).find(one => one.name === 'Morwenna Chegwin')
      if (!by) throw new Error('Morwenna cannot cover.')
      const reason = 'Tuesdays: the breakfast club at St Piran’s'
      mustBe(await beginCover(tx, actor, now, { teamId, workerId, by, fromOn: tale.day(2), toOn: tale.day(12), reason }))
    })
    const duty = talked(tale, [1, '08:50'], demelza, {
      to: ['tamsin.rowe', 'morwenna.chegwin', 'kitto.angove'],
      title: 'Duty this week',
      words: 'Perran is at the breakfast club on Tuesdays. Who can sit at the duty desk from nine to eleven?',
    })
    answered(tale, duty, [1, '09:02'], 'morwenna.chegwin', 'I can, if somebody takes my visit in Newlyn.')
    answered(tale, duty, [1, '09:20'], 'kitto.angove', '@Morwenna I am in Newlyn anyway.')
    talked(tale, [1, '13:30'], 'ysella.bray', {
      to: ['tamsin.rowe'],
      words: 'The Friday drop-in at school moves to the library from next week. Same time.',
    })
    for (const worker of ['tamsin.rowe', 'perran.hocking', demelza, 'morwenna.chegwin', 'kitto.angove'])
      tale.happens([1, '16:40'], worker, 'a last look at the list', async ({ tx, actor, now }) => void (await newSince(tx, actor, now)))
  },
}
