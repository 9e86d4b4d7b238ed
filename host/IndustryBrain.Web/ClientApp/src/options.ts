// Chart data to ECharts options: pure, so that it is tested without a browser.
import type { ChartData, ChartSeriesData, Palette } from "./contract";

type Option = Record<string, unknown>;
type Value = number | null;

export function formatNumber(value: number): string {
  return Number.isFinite(value) ? value.toLocaleString("en-US", { maximumSignificantDigits: Math.abs(value) >= 1e6 ? 15 : 6 }) : "–";
}

/** An ISO date of the same year needs no year on the axis. */
export function axisLabel(category: string, all: readonly string[]): string {
  const date = /^(\d{4})-(\d{2}-\d{2})/.exec(category);
  if (!date) return category;
  return all.every((c) => c.startsWith(`${date[1]}-`)) ? date[2] ?? category : category.slice(0, 10);
}

/** A forecast and its bands start at the last measured point, so that the line is not broken. */
export function joined(values: readonly Value[], data: ChartData): Value[] {
  const result = padded(values, data.categories.length);
  const last = data.lastActual;
  if (last === null || (result[last] ?? null) !== null) return result;
  const actual = data.series.find((s) => s.role === "actual")?.values[last] ?? null;
  const next = result.findIndex((v) => v !== null);
  if (next === last + 1) result[last] = actual;
  return result;
}

function padded(values: readonly Value[], length: number): Value[] {
  return Array.from({ length }, (_, i) => values[i] ?? null);
}

function lastIndex(values: readonly Value[]): number {
  for (let i = values.length - 1; i >= 0; i--) if (values[i] !== null && values[i] !== undefined) return i;
  return -1;
}

/** Widths of bands at their end, widest first: the widest is drawn palest. */
function bandOrder(bands: readonly ChartSeriesData[]): ChartSeriesData[] {
  const width = (s: ChartSeriesData): number => {
    const i = lastIndex(s.values);
    return i < 0 ? 0 : (s.upper?.[i] ?? 0) - (s.values[i] ?? 0);
  };
  return [...bands].sort((a, b) => width(b) - width(a));
}

export function toOption(data: ChartData, colours: Palette, narrow: boolean): Option {
  const isBar = data.type === "bar";
  const single = data.series.filter((s) => s.role === "actual").length === 1;
  const series: Option[] = [];
  let colour = 1;
  const next = (): string => colours.series[Math.min(colour++, colours.series.length - 1)] ?? colours.accent;

  const bands = bandOrder(data.series.filter((s) => s.role === "band"));
  bands.forEach((band, i) => series.push(...bandSeries(band, data, colours, i === bands.length - 1 ? colours.band80 : colours.band95, i === 0)));

  for (const s of data.series) {
    if (s.role === "band") continue;
    if (s.role === "threshold") { series.push(threshold(s, data, colours)); continue; }
    const forecast = s.role === "forecast";
    const values = forecast && !isBar ? joined(s.values, data) : padded(s.values, data.categories.length);
    const stroke = forecast ? colours.accent : s.role === "actual" && single ? (data.lastActual === null ? colours.series[0] ?? colours.accent : colours.text) : next();
    if (isBar) {
      series.push({ name: s.name, type: "bar", data: values, barMaxWidth: 40, itemStyle: { color: stroke, opacity: forecast ? 0.6 : 1, borderRadius: [2, 2, 0, 0] } });
      continue;
    }
    const end = lastIndex(values);
    series.push({
      name: s.name, type: "line", data: forecast ? values.map((v, i) => (i === data.lastActual ? { value: v, symbolSize: 0 } : v)) : values, connectNulls: false, z: s.role === "fitted" ? 3 : 4,
      lineStyle: { width: s.role === "fitted" ? 1.25 : 2, color: stroke, type: forecast ? [5, 4] : "solid" },
      itemStyle: forecast ? { color: colours.surface, borderColor: stroke, borderWidth: 2 } : { color: stroke },
      symbol: "circle", symbolSize: forecast ? 6 : 5, showSymbol: forecast || values.filter((v) => v !== null).length === 1,
      ...(forecast && end >= 0 ? { endLabel: { show: true, formatter: formatNumber(values[end] ?? NaN), color: stroke, fontSize: 13, fontWeight: 600, distance: 8 } } : {}),
      ...(s.role === "actual" && data.lastActual !== null && data.lastActual < data.categories.length - 1 ? { markLine: nowLine(data, colours) } : {}),
    });
  }

  const axisText = { color: colours.text3, fontSize: 12, fontFamily: colours.font };
  return {
    animation: false,
    textStyle: { fontFamily: colours.font },
    aria: { enabled: true, decal: { show: isBar && data.series.filter((s) => s.role !== "threshold").length > 1 } },
    grid: { left: 4, right: data.series.some((s) => s.role === "forecast") ? (narrow ? 56 : 72) : 16, top: data.unit === null ? 16 : 28, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    xAxis: { type: "category", data: [...data.categories], boundaryGap: isBar, axisLine: { lineStyle: { color: colours.line } }, axisTick: { show: false }, axisLabel: { ...axisText, hideOverlap: true, formatter: (value: string) => axisLabel(value, data.categories) } },
    yAxis: { type: "value", scale: !isBar, ...(data.unit === null ? {} : { name: data.unit, nameTextStyle: { ...axisText, align: "left" }, nameGap: 12 }), splitLine: { lineStyle: { color: colours.line } }, axisLabel: { ...axisText, formatter: (value: number) => formatNumber(value) } },
    tooltip: { trigger: "axis", confine: true, renderMode: "richText", backgroundColor: colours.surface, borderColor: colours.line, textStyle: { color: colours.text, fontSize: 12, fontFamily: colours.font }, axisPointer: { lineStyle: { color: colours.inputLine } }, formatter: (items: readonly { dataIndex: number }[]) => tooltip(data, items[0]?.dataIndex ?? 0) },
    series,
  };
}

export function tooltip(data: ChartData, index: number): string {
  const lines = [data.categories[index] ?? ""];
  for (const s of data.series) {
    const value = s.values[index] ?? (s.role === "threshold" && s.values.length === 1 ? s.values[0] : null) ?? null;
    if (value === null) continue;
    const upper = s.upper?.[index] ?? null;
    lines.push(`${s.name}  ${formatNumber(value)}${upper === null ? "" : ` – ${formatNumber(upper)}`}${data.unit === null ? "" : ` ${data.unit}`}`);
  }
  return lines.join("\n");
}

function bandSeries(band: ChartSeriesData, data: ChartData, colours: Palette, opacity: number, labelled: boolean): Option[] {
  const lower = joined(band.values, data);
  const upper = joined(band.upper ?? [], data);
  const stack = `band ${band.name}`;
  const hidden = { lineStyle: { opacity: 0 }, symbol: "none", silent: true, tooltip: { show: false }, z: 1, stack, stackStrategy: "all" };
  const label = (values: readonly Value[]): Option => {
    const end = values[lastIndex(values)] ?? null;
    return labelled && end !== null ? { endLabel: { show: true, formatter: formatNumber(end), color: colours.text3, fontSize: 12, distance: 8 } } : {};
  };
  return [
    { name: band.name, type: "line", data: lower, ...hidden, ...label(lower) },
    { name: band.name, type: "line", data: upper.map((v, i) => (v === null || (lower[i] ?? null) === null ? null : v - (lower[i] ?? 0))), areaStyle: { color: colours.accent, opacity }, ...hidden, ...label(upper) },
  ];
}

function threshold(series: ChartSeriesData, data: ChartData, colours: Palette): Option {
  const only = series.values.length === 1 ? series.values[0] ?? null : null;
  return {
    name: series.name, type: "line", symbol: "none", z: 2, data: only === null ? padded(series.values, data.categories.length) : data.categories.map(() => only),
    lineStyle: { width: 1.25, type: [4, 3], color: colours.warning }, itemStyle: { color: colours.warning },
  };
}

function nowLine(data: ChartData, colours: Palette): Option {
  return {
    symbol: "none", silent: true, lineStyle: { color: colours.inputLine, type: [2, 3], width: 1 },
    label: { formatter: data.latestLabel ?? "", position: "insideEndTop", rotate: 0, align: "right", color: colours.text3, fontSize: 12, offset: [-6, 12] },
    data: [{ xAxis: data.lastActual }],
  };
}
