/** Tasks: something to be done by somebody or by a team, of a case or of none. What they are and who sees them: README.md. */

export { addTask, type TaskPlace } from './add-task/add-task.ts'
export { type Assignee, assigneesFor } from './assignees.ts'
export { changeTask } from './change-task/change-task.ts'
/** Who is told of what is due, and when: kept by the authority. */
export { keepSteps, stepsOfService } from './chase/keep-steps.ts'
export type { ChasingStep } from './chase/steps.ts'
export { cancelTask, completeTask } from './end-task/end-task.ts'
/** Reminders and escalation, and tasks that move with dates: jobs. */
export { taskJobs } from './jobs.ts'
/** What is still open on a case, as closing it asks, and what becomes of it; what somebody has to do next over all cases. */
export { type Doing, doNextFor, endActions, openActionsOf } from './open-actions.ts'
export { passTasks } from './pass-on/pass-tasks.ts'
export type { Repeat } from './repeat.ts'
export { type Arranged, type NewTask, plainly, type Task, type TaskRefusal } from './task.ts'
export { TaskTable } from './task-table.tsx'
export { countTasks, findTask, openTasksOf, tasksFor, tasksOfCase, type Whose } from './tasks.queries.ts'
export { taskRoutes } from './tasks.routes.tsx'
export { TasksPanel } from './tasks-panel.tsx'
