/** The ASB target group as a configuration of the engine of meetings. What it is: README.md. */
export { asbTargetGroup } from './asb-target-group.ts'
