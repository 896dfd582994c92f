import { asbTargetGroup } from '../asb-target-group/index.ts'
import { marac } from '../marac/index.ts'
import { mdt } from '../mdt/index.ts'
import type { MeetingKind } from '../meetings/index.ts'

/** The kinds of meeting that come with the product. */
export const meetingKinds: readonly MeetingKind[] = [marac, asbTargetGroup, mdt]
