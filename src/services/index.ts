/** What a service area adds, mostly data. Here: the forms that come with the product. */
export { installShippedDefinitions, shippedDefinitions } from './definitions/index.ts'
