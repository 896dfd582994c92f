/** The parts of govuk-frontend's script that we wake. It publishes no types of its own. */
declare module 'govuk-frontend' {
  type Component = new (element: Element) => object
  export const Button: Component
  export const CharacterCount: Component
  export const Checkboxes: Component
  export const ErrorSummary: Component
  export const ExitThisPage: Component
  export const PasswordInput: Component
  export const Radios: Component
  export const ServiceNavigation: Component
  export const SkipLink: Component
  export function createAll(component: Component, config: object | undefined, part: Document | Element): object[]
}
