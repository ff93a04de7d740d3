import { AtSign, FlaskConical, Mail, MessageCircle, MessagesSquare, Send } from 'lucide-react';
import type { ReactNode } from 'react';
import type { AccountKind } from '../../../shared/domain/channel/account-kind.ts';

const ICONS: Readonly<Record<AccountKind, ReactNode>> = {
  email: <Mail aria-hidden="true" />,
  sample: <FlaskConical aria-hidden="true" />,
  chat: <MessageCircle aria-hidden="true" />,
  telegram: <Send aria-hidden="true" />,
  discourse: <MessagesSquare aria-hidden="true" />,
  x: <AtSign aria-hidden="true" />,
};

export function KindIcon({ kind }: { readonly kind: AccountKind }): ReactNode {
  return ICONS[kind];
}
