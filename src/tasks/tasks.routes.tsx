import type { FrameParts } from '../cases/index.ts'
import type { Routes } from '../platform/web/routes.ts'
import { addTaskRoutes } from './add-task/pages.tsx'
import { bulkRoutes } from './bulk/pages.tsx'
import { changeTaskRoutes } from './change-task/pages.tsx'
import type { ToDoSource } from './elsewhere.ts'
import { endTaskRoutes } from './end-task/pages.tsx'
import { caseTaskRoutes } from './list-tasks/case-tasks.tsx'
import { listTaskRoutes } from './list-tasks/pages.tsx'
import { showTaskRoutes } from './show-task/pages.tsx'
import { takeTaskRoutes } from './take-task/pages.tsx'

/** `/tasks…` and `/cases/:caseId/tasks…`. `also` is what other modules give somebody to do. */
export function taskRoutes(routes: Routes, { also, ...parts }: FrameParts & { also?: ToDoSource }): void {
  listTaskRoutes(routes, also)
  bulkRoutes(routes)
  addTaskRoutes(routes, parts)
  caseTaskRoutes(routes, parts)
  showTaskRoutes(routes, parts)
  changeTaskRoutes(routes, parts)
  endTaskRoutes(routes, parts)
  takeTaskRoutes(routes)
}
