/** Choices that an authority keeps for itself: read to choose from, to show what was once chosen, and changed by its administrators. */
export { addOption, archiveOption, type NewOption, placeOption, renameOption, sourceOption } from './change-options.ts'
export { nameOfList } from './list-names.ts'
export { isOption, type KeptOption, keptOptions, type ListName, labelOf, labelsOf, type Option, optionsOf } from './options.ts'
