import { type ThemeConfig, theme } from "antd";
import { useEffect, useSyncExternalStore } from "react";
import { useSettings } from "./settings";

const dark = window.matchMedia("(prefers-color-scheme: dark)");

function subscribe(tell: () => void): () => void {
  dark.addEventListener("change", tell);
  return () => dark.removeEventListener("change", tell);
}

/** Light or dark: as set, else as the system has it. */
export function useShade(): "light" | "dark" {
  const system = useSyncExternalStore(subscribe, () => dark.matches);
  const { theme: choice } = useSettings();
  const shade = choice === "system" ? (system ? "dark" : "light") : choice;
  useEffect(() => {
    document.documentElement.dataset.theme = shade;
  }, [shade]);
  return shade;
}

const FONT =
  '-apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", system-ui, sans-serif';

/** Hairlines instead of shadows, one accent, small type. The figures repeat tokens.css. */
export function themeOf(shade: "light" | "dark"): ThemeConfig {
  const night = shade === "dark";
  return {
    cssVar: { key: "diji" },
    hashed: false,
    algorithm: night ? [theme.darkAlgorithm, theme.compactAlgorithm] : [theme.compactAlgorithm],
    token: {
      colorPrimary: night ? "#3a9fcb" : "#0a6f9f",
      colorInfo: night ? "#3a9fcb" : "#0a6f9f",
      colorLink: night ? "#4fb3dd" : "#0b6799",
      colorError: night ? "#ff6b6e" : "#c81e28",
      colorBgBase: night ? "#16191c" : "#ffffff",
      colorTextPlaceholder: night ? "#8f99a2" : "#626b75",
      colorBgElevated: night ? "#1c2024" : "#ffffff",
      colorTextBase: night ? "#e4e8eb" : "#1d2329",
      colorBorder: night ? "#3b434b" : "#cdd3d8",
      colorBorderSecondary: night ? "#2a3036" : "#e3e6e9",
      borderRadius: 6,
      // The compact algorithm takes its small size, 13, as the base.
      fontSize: 15,
      fontFamily: FONT,
      motionDurationMid: "0.15s",
      motionDurationSlow: "0.15s",
      wireframe: false,
    },
    components: { Button: { primaryColor: night ? "#0b0e10" : "#ffffff" } },
  };
}
