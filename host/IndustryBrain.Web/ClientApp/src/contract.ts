// What C# sends (Views/ChartData.cs), as JSON.
export type SeriesRole = "actual" | "fitted" | "forecast" | "band" | "threshold";
export interface ChartSeriesData {
  readonly name: string;
  readonly role: SeriesRole;
  readonly values: readonly (number | null)[];
  readonly upper: readonly (number | null)[] | null;
}
export interface ChartData {
  readonly type: string;
  readonly categories: readonly string[];
  readonly series: readonly ChartSeriesData[];
  readonly unit: string | null;
  readonly lastActual: number | null;
  readonly latestLabel: string | null;
}
export interface Palette {
  readonly text: string; readonly text3: string; readonly line: string; readonly inputLine: string; readonly surface: string;
  readonly accent: string; readonly warning: string; readonly series: readonly string[]; readonly band80: number; readonly band95: number; readonly font: string;
}
