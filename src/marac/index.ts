/** MARAC as a configuration of the engine of meetings, and its quarterly return. What it is: README.md. */
export { marac } from './marac.ts'
