import { CircleDot, Clock3, Command, Layers, Search, Star, UsersRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { Avatar } from '../../ui/avatar.tsx';
import { Kbd, keyText } from '../../ui/kbd.tsx';
import type { PaletteItem } from './palette-item.ts';

/** One line of the palette: what it is, in a few words, and its shortcut. */
export function PaletteRow({ item }: { readonly item: PaletteItem }): ReactNode {
  return (
    <>
      <PaletteIcon item={item} />
      <span className="palette-text">
        <span className="truncate">{item.label}</span>
        {item.detail !== undefined && <span className="m-item-detail truncate">{item.detail}</span>}
      </span>
      {item.isVip === true && <Star className="palette-vip" aria-label="VIP" />}
      {item.keys !== undefined && item.whyNot === undefined && (
        <>
          <Kbd keys={item.keys} />
          <span className="visually-hidden">{keyText(item.keys)}</span>
        </>
      )}
    </>
  );
}

function PaletteIcon({ item }: { readonly item: PaletteItem }): ReactNode {
  switch (item.kind) {
    case 'recent':
      return <Clock3 aria-hidden="true" />;
    case 'action':
      return <Command aria-hidden="true" />;
    case 'view':
      return <Layers aria-hidden="true" />;
    case 'case':
      return <CircleDot aria-hidden="true" />;
    case 'who':
      return <UsersRound aria-hidden="true" />;
    case 'search':
      return <Search aria-hidden="true" />;
    case 'person':
      return <Avatar name={item.label} size="xs" />;
  }
}
