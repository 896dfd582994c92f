/** Choices that an authority keeps for itself: read to choose from, to show what was once chosen, and changed by its administrators. */
export { addOption, archiveOption, type NewOption, renameOption } from './change-options.ts'
export { isOption, type ListName, labelOf, labelsOf, type Option, optionsOf } from './options.ts'
