import { ErrorState } from '@opora/ui-kit'
import { Component, type ReactNode } from 'react'

/** A page that breaks, or whose code did not arrive, does not take the shell with it. */
export class PageBoundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null }

  static getDerivedStateFromError(error: unknown) {
    return { error }
  }

  override render() {
    if (this.state.error === null) return this.props.children
    return <ErrorState error={this.state.error} onRetry={() => location.reload()} />
  }
}
