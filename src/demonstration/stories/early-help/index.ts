import type { Story } from '../../telling/tale.ts'
import { familiesAtWork } from './at-work.ts'
import { familiesComing } from './coming.ts'
import { familiesInGraveTrouble } from './grave.ts'

export const earlyHelpStories: readonly Story[] = [...familiesComing, ...familiesAtWork, ...familiesInGraveTrouble]
