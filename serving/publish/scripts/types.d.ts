import type { MapSettings, MapState } from "../../../geo/map/scripts/types.js";

/** What a page begins with; serving/publish/page.py writes it. */
export interface Start {
  atlas: string | null;
  lang: string;
  town: string | null;
  /** Whether it is the site's first page, which speaks the reader's language if it can. */
  isRoot: boolean;
  languages: readonly string[];
  /** Path of the map's page. */
  map: string;
}

/** What a reader looks at, as `View` of stories/view/address.py. */
export interface View {
  atlas: string | null;
  town: string | null;
  place: string | null;
  tour: boolean;
  scene: string | null;
  themes: readonly string[];
  metric: string | null;
  period: string | null;
  dates: readonly string[];
  lang: string;
}

export interface Story {
  town: string;
  themes: readonly string[];
  scenes: readonly string[];
  /** HTML of what leads on to it. */
  next: string;
  /** Words of the steps of the tour that lead to it. */
  previousStop: string;
  nextStop: string;
}

/** What all pages of an atlas share in one language: `view_parts` of stories/view/view_parts.py. */
export interface Parts {
  languages: readonly string[];
  towns: readonly string[];
  /** Names of the themes by id, in the order of the atlas. */
  themes: Readonly<Record<string, string>>;
  stories: readonly Story[];
  toOverview: string;
  /** Ids of the places of divisions that have some. */
  places: Readonly<Record<string, readonly string[]>>;
  /** Periods of the metrics. */
  metrics: Readonly<Record<string, readonly string[]>>;
  /** HTML of their legends. */
  bars: Readonly<Record<string, string>>;
  dates: readonly string[];
  /** HTML of still maps, by dates. */
  stills: Readonly<Record<string, string>>;
  words: {
    filtered: string;
    numbers: readonly string[];
    list: Readonly<Record<string, string>>;
    hidden: string;
    tour: Readonly<Record<"place" | "label" | "hint" | "leave", string>>;
    notices: Readonly<Record<string, string>>;
  };
  share: Readonly<Record<string, string>>;
  map: { settings: MapSettings; state: MapState };
}

/** HTML of what metrics change of one page, by their ids. */
export type MetricParts = Readonly<Record<string, { metrics?: string; table?: string }>>;
