import { addDropIn, comeBack, findVisit, setOut } from '../../activities/index.ts'
import { instantAt } from '../calendar.ts'
import type { Story } from '../telling/tale.ts'
import { refTo } from '../telling/tale.ts'

const tamsin = 'tamsin.rowe'
const perran = 'perran.hocking'

/** What stands on nobody's record: who came in without a name, and two who went out together and are back. */
export const diary: Story = {
  title: 'The diary',
  tell: tale => {
    tale.happens([3, '16:10'], 'colan.rosewarne', 'a drop-in', async ({ tx, actor, now, cast }) => {
      const words = 'Wanted a hot drink and to sit where it is warm. Would not give a name. Took the card and says he may come on Thursday.'
      await addDropIn(tx, actor, now, {
        team: cast.team('Harbour Community Team', 'drug-and-alcohol').principal,
        happenedAt: instantAt(tale.day(-3), '15:40'),
        minutes: 25,
        place: 'Harbour House',
        called: 'Skip',
        ageBand: '45-64',
        gender: 'man',
        reason: 'safe',
        about: words,
        handedOut: { food: 1, naloxone: 1, leaflet: 1 },
      })
    })
    const visit = refTo('the visit of two')
    tale.happens([0, '08:15'], tamsin, 'a visit of two', async ({ tx, actor, now, cast }) => {
      visit.become(
        await setOut(tx, actor, now, {
          teamId: cast.team('Early Help West', 'early-help').id,
          whereabouts: 'Newlyn, above the harbour. Parked at the Tolcarne',
          expectedBackAt: new Date(now.getTime() + 90 * 60_000),
          appointmentId: null,
          secondId: cast.user(perran).userId,
        }),
      )
    })
    tale.happens([0, '09:20'], perran, 'both are back', async ({ tx, actor, now }) => {
      const out = await findVisit(tx, actor, visit.id)
      if (!out || !(await comeBack(tx, actor, now, out, ''))) throw new Error('They are not out.')
    })
  },
}
