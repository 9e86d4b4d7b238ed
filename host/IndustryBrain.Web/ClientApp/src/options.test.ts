import assert from "node:assert/strict";
import { test } from "node:test";
import type { ChartData, Palette } from "./contract";
import { axisLabel, formatNumber, joined, toOption, tooltip } from "./options";

const palette: Palette = { text: "text", text3: "text3", line: "line", inputLine: "input", surface: "surface", accent: "accent", warning: "warning", series: ["c1", "c2", "c3"], band80: 0.24, band95: 0.12, font: "sans" };
const forecast: ChartData = {
  type: "line", categories: ["2026-11-13", "2026-11-20", "2026-11-27"], unit: "元/吨", lastActual: 1, latestLabel: "最新 11-20",
  series: [
    { name: "实际", role: "actual", values: [67500, 68400], upper: null },
    { name: "预测", role: "forecast", values: [null, null, 69128], upper: null },
    { name: "80 %", role: "band", values: [null, null, 68732], upper: [null, null, 69525] },
    { name: "95 %", role: "band", values: [null, null, 68522], upper: [null, null, 69734] },
  ],
};
type Series = { name: string; type: string; data: unknown[]; lineStyle?: { color?: string; type?: unknown }; areaStyle?: { opacity: number }; markLine?: unknown };
const series = (data: ChartData): Series[] => toOption(data, palette, false)["series"] as Series[];

test("joined_ForecastAfterActual_StartsAtLastTruePoint", () => {
  assert.deepEqual(joined([null, null, 69128], forecast), [null, 68400, 69128]);
});

test("joined_ForecastWithGap_IsNotInvented", () => {
  const data = { ...forecast, lastActual: 0 };
  assert.deepEqual(joined([null, null, 69128], data), [null, null, 69128]);
});

test("toOption_Forecast_IsDashedAccentAndHistorySolidText", () => {
  const all = series(forecast);
  assert.equal(all.find((s) => s.name === "实际")?.lineStyle?.color, "text");
  assert.ok(all.find((s) => s.name === "实际")?.markLine);
  assert.deepEqual(all.find((s) => s.name === "预测")?.lineStyle?.type, [5, 4]);
});

test("toOption_TwoBands_WidestIsPalestAndFirst", () => {
  const areas = series(forecast).filter((s) => s.areaStyle);
  assert.deepEqual(areas.map((s) => [s.name, s.areaStyle?.opacity]), [["95 %", 0.12], ["80 %", 0.24]]);
  assert.deepEqual(areas[0]?.data, [null, 0, 69734 - 68522]);
});

test("toOption_Bar_AxisStartsAtZero", () => {
  const option = toOption({ ...forecast, type: "bar", lastActual: null, series: forecast.series.slice(0, 1) }, palette, false);
  assert.equal((option["yAxis"] as { scale: boolean }).scale, false);
});

test("tooltip_Band_NamesBothEndsWithUnit", () => {
  assert.match(tooltip(forecast, 2), /80 %  68,732 – 69,525 元\/吨/);
});

test("formatNumber_Thousands_AreSeparated", () => {
  assert.equal(formatNumber(68400), "68,400");
  assert.equal(formatNumber(0.000123), "0.000123");
});

test("axisLabel_OneYear_HasNoYear", () => {
  assert.equal(axisLabel("2026-11-20", ["2026-11-20"]), "11-20");
  assert.equal(axisLabel("2026-11-20", ["2025-11-20", "2026-11-20"]), "2026-11-20");
});
