import type { Attributes, Options } from '../markup.tsx'
import { headerNamed } from './generic-header.tsx'
import { Logo } from './logo.tsx'

export type HeaderProps = Options<{
  productName: string
  homepageUrl: string
  containerClasses: string
  classes: string
  attributes: Attributes
}>

/** GOV.UK's header with the crown: for services on the GOV.UK domain only. */
export function Header(p: HeaderProps) {
  return headerNamed('govuk', {
    logoText: [
      Logo({ classes: 'govuk-header__logotype', ariaLabelText: 'GOV.UK' }),
      p.productName ? ' ' : null,
      p.productName ? (
        <span key="product" class="govuk-header__product-name">
          {p.productName}
        </span>
      ) : null,
    ],
    url: p.homepageUrl || '//gov.uk',
    containerClasses: p.containerClasses,
    classes: p.classes,
    attributes: p.attributes,
  })
}
