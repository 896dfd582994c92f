/** What a service area adds, mostly data. Here: the forms that come with the product. */
export { dashChecklist, dashScore, installShippedDefinitions, shippedDefinitions } from './definitions/index.ts'
