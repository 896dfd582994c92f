import type { Story } from '../telling/tale.ts'
import { wording } from '../telling/texted.ts'

/** How agencies text people: in words that say nothing of why. */
export const wordings: Story = {
  title: 'Wordings of texts',
  tell: tale => {
    const callBack = 'Hello ((first name)), please ring ((your name)) on ((call back)) when you can.'
    wording(tale, [90, '09:00'], 'austell.keast', 'Please ring', callBack)
    wording(
      tale,
      [90, '09:05'],
      'austell.keast',
      'Running late',
      'Hello ((first name)), ((your name)) here. I am running late, about 20 minutes. Sorry.',
    )
    const reminder = 'See you ((appointment day)) at ((appointment time)). If you cannot come, ring ((call back)) or answer this text.'
    wording(tale, [88, '10:00'], 'elestren.moyle', 'Reminder', reminder, 'appointment')
    wording(tale, [88, '10:05'], 'elestren.moyle', 'Please ring', callBack)
  },
}
