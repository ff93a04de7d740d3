/**
 * Which part of the code may import what. Read by the lint rule `meridian/layers`; scripts/layer-proof.mjs plants a violation of
 * each row. Rows are tried from the top, the first whose `files` matches a file's path rules it. Paths are relative to the repository.
 *
 * @typedef {object} Layer
 * @property {string} name
 * @property {RegExp} files
 * @property {RegExp | null} packages specifiers of packages and Node modules it may import; null for none
 * @property {readonly RegExp[]} folders paths it may import
 * @property {readonly RegExp[]} [except] paths it may not import although `folders` matches
 * @property {RegExp} [typesOnly] paths that it may import types from only
 * @property {string} why said with every violation
 */

const DOMAIN = /^src\/shared\/domain\//u;
const SHARED = /^src\/shared\//u;
/** The page knows its types; its values bring the library with them that checks inputs, which the engine needs alone. */
const CONTRACT = /^src\/shared\/contract\//u;
const ENGINE = /^src\/main\/engine\//u;
/** The ports that use cases, jobs and adapters meet at, and what all of the engine shares: ids, log, places to stop a test at. */
const PORTS =
  /^src\/main\/engine\/(channels\/connector|team\/(team-log|hub-link|hub-invite|hub-version|nkey-signature|admission|machine-clock)|identity|log|probe|ports\/[^/]+)\.ts$/u;
const PAGE_ENTRIES = /^src\/renderer\/[^/]+\.tsx?$/u;
const PAGE_PACKAGES =
  /^(react|react-dom|react-i18next|i18next|zustand|lucide-react|dompurify|date-fns|react-resizable-panels|@base-ui\/react|@tanstack\/react-(table|virtual)|@visx\/(axis|curve|scale|shape)|@fontsource-variable\/[^/]+)(\/|$)/u;

/** @type {readonly Layer[]} */
export const layers = [
  {
    name: 'domain',
    files: DOMAIN,
    packages: null,
    folders: [DOMAIN],
    why: 'the domain imports nothing but itself; zones are src/shared/domain/time/zone.ts',
  },
  {
    name: 'contract',
    files: CONTRACT,
    packages: /^zod(\/|$)/u,
    folders: [SHARED],
    why: 'the contract is the domain and zod',
  },
  {
    name: 'store',
    files: /^src\/main\/engine\/store\//u,
    packages: /^(better-sqlite3$|node:)/u,
    folders: [SHARED, /^src\/main\/engine\/store\//u, PORTS],
    why: 'the store speaks SQL and knows neither use cases nor channels',
  },
  {
    name: 'use cases',
    files: /^src\/main\/engine\/usecases\//u,
    packages: /^node:(crypto|path)$/u,
    folders: [SHARED, /^src\/main\/engine\/(store|usecases|interchange)\//u, PORTS],
    why: 'use cases never touch sockets: they see the store and the ports (connector.ts, team-log.ts)',
  },
  {
    name: 'jobs',
    files: /^src\/main\/engine\/jobs\//u,
    packages: /^node:(crypto|path|timers\/promises)$/u,
    folders: [SHARED, /^src\/main\/engine\/(store|usecases|jobs)\//u, PORTS],
    why: 'jobs run use cases and see channels through connector.ts',
  },
  {
    name: 'email channel',
    files: /^src\/main\/engine\/channels\/email\//u,
    packages: /^(node:|imapflow$|nodemailer(\/|$)|postal-mime$|iconv-lite$|html-to-text$)/u,
    folders: [SHARED, /^src\/main\/engine\/channels\/(email\/|[^/]+\.ts$)/u, PORTS],
    why: 'a connector is a protocol adapter: no SQL, no use cases, no other channel',
  },
  {
    name: 'community and X channels',
    files: /^src\/main\/engine\/channels\/(?<feature>discourse|x)\//u,
    packages: /^(node:|html-to-text$)/u,
    folders: [SHARED, /^src\/main\/engine\/(channels\/|net\/public-address\.ts$)/u, PORTS],
    except: [/^src\/main\/engine\/channels\/(channel-connector\.ts$|(?!<feature>\/)[^/]+\/)/u],
    why: 'a connector is a protocol adapter: no SQL, no use cases, no other channel',
  },
  {
    name: 'channel dispatch',
    files: /^src\/main\/engine\/channels\/channel-connector\.ts$/u,
    packages: null,
    folders: [SHARED, /^src\/main\/engine\/(channels\/|store\/accounts\.store\.ts$)/u, PORTS],
    why: 'it chooses a connector and does nothing else',
  },
  {
    name: 'live chat',
    files: /^src\/main\/engine\/channels\/chat\//u,
    packages: /^(node:|jose$|zod$)/u,
    folders: [SHARED, /^src\/main\/engine\/channels\/(chat\/|[^/]+\.ts$)/u, PORTS],
    why: 'a connector is a protocol adapter: no SQL, no use cases, no other channel; it reaches the hub through its link alone',
  },
  {
    name: 'telegram channel',
    files: /^src\/main\/engine\/channels\/telegram\//u,
    packages: /^(node:|grammy(\/(types|web))?$|zod$)/u,
    folders: [SHARED, /^src\/main\/engine\/channels\/(telegram\/|[^/]+\.ts$)/u, PORTS],
    why: 'a connector is a protocol adapter: no SQL, no use cases, no other channel',
  },
  {
    name: 'channels',
    files: /^src\/main\/engine\/channels\//u,
    packages: /^node:/u,
    folders: [SHARED, /^src\/main\/engine\/(channels\/[^/]+|net\/public-address)\.ts$/u, PORTS],
    why: 'connectors never touch the database and know no other channel',
  },
  {
    name: 'team log',
    files: /^src\/main\/engine\/team\//u,
    packages: /^(node:|zod$|@nats-io\/)/u,
    folders: [SHARED, /^src\/main\/engine\/team\//u, PORTS],
    why: 'the team log calls a sink; it never touches the database',
  },
  {
    name: 'interchange',
    files: /^src\/main\/engine\/interchange\//u,
    packages: /^(ical\.js|rrule-temporal|csv-parse\/sync|csv-stringify\/sync|html-to-text|marked)$/u,
    folders: [SHARED, /^src\/main\/engine\/interchange\//u],
    why: 'interchange turns texts of other programs into plain data and back; it reads no file, no database and no clock',
  },
  {
    name: 'guard libraries',
    files: /^src\/main\/engine\/guard\//u,
    packages: /^(node:(crypto|worker_threads)$|@scure\/bip39\/wordlists\/|tldts$)/u,
    folders: [SHARED, /^src\/main\/engine\/guard\//u, PORTS],
    why: 'the guard hands word lists, hashes and public suffixes to the pure rules; it reads no database and no channel',
  },
  {
    name: 'language library',
    files: /^src\/main\/engine\/language\//u,
    packages: /^(node:worker_threads$|eld\/extrasmall$)/u,
    folders: [SHARED, /^src\/main\/engine\/language\//u, PORTS],
    why: 'texts go in and languages come out; it reads no database and no channel',
  },
  {
    name: 'playbooks',
    files: /^src\/main\/engine\/bot\//u,
    packages: /^(node:|yaml$|zod$)/u,
    folders: [SHARED, /^src\/main\/engine\/bot\//u],
    why: 'playbooks are files that people write; what the bot makes of them is pure, what it does is a use case',
  },
  {
    name: 'engine',
    files: ENGINE,
    packages: /^(node:|zod$)/u,
    folders: [SHARED, ENGINE],
    why: 'the engine knows no Electron; SQL lives in store/, mail libraries in channels/email/',
  },
  {
    name: 'hub',
    files: /^src\/main\/hub\//u,
    packages: /^(node:|zod$|@nats-io\/)/u,
    folders: [SHARED, /^src\/main\/(hub|engine\/(team|interchange))\//u],
    why: 'the hub command sets servers up: it shares names with the team log and reads team lists, and knows no database, no channel and no window',
  },
  {
    name: 'gateway',
    files: /^src\/main\/gateway\//u,
    packages: /^(node:|zod$)/u,
    folders: [SHARED, ENGINE, /^src\/main\/gateway\//u],
    why: 'the gateway is the engine without windows: it runs in plain Node and speaks to it by the contract',
  },
  {
    name: 'shell',
    files: /^src\/main\//u,
    packages: /^(node:|electron(\/(main|common))?$|zod$)/u,
    folders: [SHARED, /^src\/main\/(shell\/|[^/]+\.ts$)/u],
    why: 'the shell starts the engine as a process of its own and speaks the contract with it',
  },
  {
    name: 'chat widget',
    files: /^resources\/widget\//u,
    packages: null,
    folders: [DOMAIN, /^resources\/widget\//u],
    why: 'the widget is one small file in the pages of others: the rules of the domain, and no package',
  },
  {
    name: 'preload',
    files: /^src\/preload\//u,
    packages: /^electron(\/(renderer|common))?$/u,
    folders: [/^src\/preload\//u, CONTRACT],
    typesOnly: CONTRACT,
    why: 'the preload hands over a port; it has no dependency besides Electron and types of the contract',
  },
  {
    name: 'interface parts',
    files: /^src\/renderer\/ui\//u,
    packages: PAGE_PACKAGES,
    folders: [SHARED, /^src\/renderer\//u],
    except: [/^src\/renderer\/(features|bridge|state\/(?!clock-store))/u, PAGE_ENTRIES],
    typesOnly: CONTRACT,
    why: 'parts of the interface know nothing of features, state (but the clock) or the engine',
  },
  {
    name: 'bridge',
    files: /^src\/renderer\/bridge\//u,
    packages: PAGE_PACKAGES,
    folders: [SHARED, /^src\/renderer\//u],
    except: [/^src\/renderer\/(features|ui)\//u, PAGE_ENTRIES],
    typesOnly: CONTRACT,
    why: 'the bridge carries calls; it knows no screen',
  },
  {
    name: 'page state',
    files: /^src\/renderer\/state\//u,
    packages: PAGE_PACKAGES,
    folders: [SHARED, /^src\/renderer\//u],
    except: [/^src\/renderer\/(features\/|ui\/(?!toast))/u, PAGE_ENTRIES],
    typesOnly: CONTRACT,
    why: 'state knows no screen; it may announce through ui/toast',
  },
  {
    name: 'features',
    files: /^src\/renderer\/features\/(?<feature>[^/]+)\//u,
    packages: PAGE_PACKAGES,
    folders: [SHARED, /^src\/renderer\//u],
    except: [/^src\/renderer\/features\/(?!<feature>\/)/u, PAGE_ENTRIES],
    typesOnly: CONTRACT,
    why: 'features never import each other: share through ui/, state/ or bridge/',
  },
  {
    name: 'page',
    files: /^src\/renderer\//u,
    packages: PAGE_PACKAGES,
    folders: [SHARED, /^src\/renderer\//u],
    typesOnly: CONTRACT,
    why: 'the page is a browser: no Node, no Electron, nothing of the main side',
  },
];
