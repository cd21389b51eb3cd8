/** The overview page: what the extension sends it, drawn. It remembers nothing; the extension knows how far one is. */
import { render } from 'preact';
import { connectHost } from '../host';
import type { FromOverview, ToOverview } from '../protocol';
import { OverviewApp } from './OverviewApp';

const host = connectHost<ToOverview, FromOverview, unknown>();
const root = document.getElementById('root') ?? document.body;

host.listen((message) => {
  render(<OverviewApp state={message.state} post={host.post} />, root);
});
host.post({ type: 'ready' });
