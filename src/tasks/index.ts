/** Tasks: something to be done by somebody or by a team, of a case or of none. What they are and who sees them: README.md. */
export { type Assignee, assigneesFor } from './assignees.ts'
export { addTask, cancelTask, changeTask, completeTask, type TaskPlace } from './change-tasks.ts'
/** What is still open on a case, as closing it asks, and what becomes of it; what somebody has to do next over all cases. */
export { type Doing, doNextFor, endActions, openActionsOf } from './open-actions.ts'
export type { NewTask, Task, TaskRefusal } from './task.ts'
export { TaskTable } from './task-table.tsx'
export { countTasks, findTask, openTasksOf, tasksFor, tasksOfCase, type Whose } from './tasks.queries.ts'
export { taskRoutes } from './tasks.routes.tsx'
export { TasksPanel } from './tasks-panel.tsx'
