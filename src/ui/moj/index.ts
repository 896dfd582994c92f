/** MOJ's components that a case system needs: props are named as MOJ Frontend names its macro options, markup is compared with its macros. */
export { AddAnother, type AddAnotherItem, type AddAnotherProps } from './add-another.tsx'
export { Alert, type AlertProps, type AlertVariant } from './alert.tsx'
export { Badge, type BadgeProps } from './badge.tsx'
export { Banner, type BannerProps } from './banner.tsx'
export { ButtonMenu, type ButtonMenuProps } from './button-menu.tsx'
export { DatePicker, type DatePickerProps } from './date-picker.tsx'
export { Filter, type FilterProps } from './filter.tsx'
export { IdentityBar, type IdentityBarProps } from './identity-bar.tsx'
export { InterruptionCard, type InterruptionCardProps } from './interruption-card.tsx'
export { type Message, Messages, type MessagesProps } from './messages.tsx'
export { MultiFileUpload, type MultiFileUploadProps } from './multi-file-upload.tsx'
export {
  type NavigationLink,
  PrimaryNavigation,
  type PrimaryNavigationProps,
  SideNavigation,
  type SideNavigationProps,
  SubNavigation,
  type SubNavigationProps,
} from './navigation.tsx'
export { NotificationBadge, type NotificationBadgeProps } from './notification-badge.tsx'
export { OrganisationSwitcher, type OrganisationSwitcherProps } from './organisation-switcher.tsx'
export { PageHeaderActions, type PageHeaderActionsProps } from './page-header-actions.tsx'
export { MojPagination, type MojPaginationItem, type MojPaginationProps } from './pagination.tsx'
export { ProgressBar, type ProgressBarProps } from './progress-bar.tsx'
export { Search, type SearchProps } from './search.tsx'
export { ScrollablePane, SortableTable } from './sortable-table.tsx'
export { TicketPanel, type TicketPanelProps } from './ticket-panel.tsx'
export { MojTimeline, type MojTimelineItem, type MojTimelineProps } from './timeline.tsx'
