/* What the map is told and what it tells: the same as geo/map/protocol.py, in the scripts' words.
 * tests/geo/map/test_protocol.py holds the two against each other.
 */
import type { Feature, FeatureCollection, MultiPolygon, Point, Polygon } from "geojson";

/** Tags of a feature; names stand under `name`, `name_en`, `name_zh_Hant` … */
export type Properties = Readonly<Record<string, unknown>>;

export type DivisionProperties = Properties & {
  readonly slug: string;
  readonly boundary_status?: string;
  /** [longitude, latitude] in degrees */
  readonly label_point?: unknown;
};

/** West, south, east and north in degrees. */
export type Box = readonly [number, number, number, number];

export type Divisions = FeatureCollection<Polygon | MultiPolygon, DivisionProperties> & {
  /** Frames that far divisions were moved into, at another scale. */
  readonly insets?: readonly Box[];
};
export type Shapes = FeatureCollection<Polygon | MultiPolygon, Properties>;
export type Places = FeatureCollection<Point, Properties>;

/** A place that a story names; without a geometry where no point of it is known. */
export type StoryPlace = Feature<
  Point | null,
  Properties & {
    /** Slug of its division. */
    readonly town: string;
    /** Its id, unique in the division. */
    readonly place: string;
    readonly known: "measured" | "approximate" | "division" | "unstated";
    /** Metres around the point within which it is. */
    readonly within_m: number | null;
  }
>;
export type StoryPlaces = FeatureCollection<Point | null, StoryPlace["properties"]>;

/** What stays the same as long as the map lives; addresses are relative to its page. */
export interface MapSettings {
  divisions: string;
  county: string | null;
  neighbours: string | null;
  places: string | null;
  /** File of the divisions on each date that is known, in time order; dates alike have one file. */
  dated: Readonly<Record<string, string>>;
  /** File of the land that changed hands between these dates. */
  changes: string | null;
  /** From this zoom on the names of villages are drawn. */
  placeZoom: number;
  maxZoom: number;
  tiles: { url: string; attribution: string };
}

/** What the map shows now; ids, colours and words only. */
export interface MapState {
  lang: string;
  /** Which way that language is written: `ltr` or `rtl`. */
  dir: string;
  /** The map's own words in that language. */
  text: Readonly<Record<string, string>>;
  /** Languages whose names stand in where `lang` has none. */
  order: readonly string[];
  /** Names of divisions that others have too, with what tells them apart, by slug. */
  apart: Readonly<Record<string, string>>;
  chosen: string | null;
  /** Id of the chosen place in that division. */
  place: string | null;
  /** Slug of the division that the map moves to; none for the whole county. */
  focus: string | null;
  /** Fill colour by slug, of the divisions that stand out. */
  tones: Readonly<Record<string, string>>;
  /** Slugs of the divisions that stand back. */
  faded: readonly string[];
  /** Words for kinds of division, which a label may go without where room is short. */
  kinds: readonly string[];
  /** A line under a division's name, by slug. */
  notes: Readonly<Record<string, string>>;
  /** What the colours of `tones` stand for. */
  legend: readonly { readonly colour: string; readonly label: string }[];
  /** Address of the file with the places; none where there are none. */
  places: string | null;
  /** Date whose boundaries are shown (2018-10-31); none for the latest. */
  date: string | null;
  /** A later date that they are compared with. */
  against: string | null;
  /** The dates to choose from, in time order, where there are several. */
  dates: readonly DateWords[];
  /** Address of the folder with the metrics, with its version as query; none where there are none. */
  metrics: string | null;
  /** Id of the metric that colours the divisions; without one, `tones` do. */
  metric: string | null;
  /** Id of the period that it is shown for; none for its last. */
  period: string | null;
  /** Number of the last choice from the map that this state answers. */
  seq: number;
  /** Names the page's session; counting begins anew in each. */
  session: string;
}

/** A date whose boundaries are known, and the words for it in the page's language. */
export interface DateWords {
  readonly date: string;
  readonly label: string;
  /** The same where room is short. */
  readonly short: string;
  /** What changed since the date before. */
  readonly note: string;
  /** What has changed since, up to the latest date. */
  readonly later: string;
}

/** What boundaries are shown: those of a date, or two side by side; none for the latest alone. */
export interface ShownDates {
  readonly date: string | null;
  readonly against: string | null;
}

/** Land that passed from one division to another. */
export type LandChanges = FeatureCollection<
  Polygon | MultiPolygon,
  Properties & {
    readonly from_slug: string;
    readonly to_slug: string;
    readonly area_km2: number;
    /** The last date on which it belonged to the one, and the first on which it did to the other. */
    readonly since: string;
    readonly until: string;
  }
>;

/** What is drawn of a metric in one period; lists are in the order of the file's `slugs`. */
export interface MetricPeriod {
  id: string;
  /** Number of the class from 0, the lowest; -1 where there is no value. */
  classes: readonly number[];
  /** Indices of the divisions whose value is uncertain. */
  uncertain: readonly number[];
  /** Part of the metric's largest value in any period, from 0 to 1; with circles alone. */
  sizes?: readonly number[];
}

/** What is drawn of a metric, as geo/map/metric_file.py writes it. */
export interface MetricFile {
  id: string;
  drawn: "fill" | "circle";
  /** Colours of the classes on a light and on a dark page. */
  light: readonly string[];
  dark: readonly string[];
  slugs: readonly string[];
  /** In the order of time. */
  periods: readonly MetricPeriod[];
}

/** What is said of a metric in one language; periods and lists are in the order of its file. */
export interface MetricWords {
  /** What is measured, as it stands before a value. */
  label: string;
  /** Said where there is no value. */
  none: string;
  periods: readonly {
    name: string;
    values: readonly string[];
    /** What is said besides values, each once. */
    marks: readonly string[];
    /** Indices into `marks`. */
    marked: readonly number[];
  }[];
}

/** What the page asks the map to show of a metric, without the server; null leaves it as the
 * state has it. */
export interface MetricDetail {
  metric?: string | null;
  period?: string | null;
  /** Number of the class that stands out; all others stand back. */
  highlight?: number | null;
}

/** Where the map looks: at divisions, the whole county, an extent, or a point in a division. */
export type Look =
  | { readonly slugs: readonly string[] }
  | { readonly county: true }
  | { readonly box: Box }
  /** [longitude, latitude] in degrees */
  | { readonly point: readonly [number, number]; readonly slugs: readonly string[] };

/** What the map shows while a passage of a text is read. */
export interface Cue {
  look: Look;
  /** Slugs of the divisions that stand out; without it, those that are looked at. */
  light?: readonly string[];
  /** Whether all others stand back; without it, they do. */
  dim?: boolean;
  /** Date whose boundaries are shown meanwhile. */
  date?: string;
  /** Two dates whose boundaries are compared meanwhile. */
  dates?: readonly [string, string];
  /** Id of the metric that is shown meanwhile, and of its period; without them, the page's. */
  metric?: string | null;
  period?: string | null;
}

/** What the reader chose on the map. */
export interface Choice {
  /** Slug of the division, or none for the county as a whole. */
  town: string | null;
  /** Id of a place in it, or none for the division as a whole. */
  place: string | null;
  /** The date whose boundaries the map showed, and the one that it compared them with. */
  dates?: readonly string[];
  /** How many choices this map has sent. */
  seq: number;
}

/** What the map is embedded in. */
export interface Host {
  send(choice: Choice): void;
  /** The reader has chosen other dates on the map; nobody else needs to do anything for it. */
  tellDates(dates: ShownDates): void;
  /** A metric's circles are drawn in another size: a legend can show them as large. */
  tellCircles(circles: ShownCircles): void;
}

export interface ShownCircles {
  /** Id. */
  metric: string;
  /** Pixels, of the circle of the metric's largest value in any period. */
  radius: number;
}
