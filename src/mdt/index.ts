/** The multi-disciplinary team as a configuration of the engine of meetings. What it is: README.md. */
export { mdt } from './mdt.ts'
