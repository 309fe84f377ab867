import QtQuick

ThemePalette {
    dark: false
    ground: "#f0f2f5"
    surface: "#ffffff"
    surfaceRaised: "#ffffff"
    surfaceHover: "#eef2f8"
    surfacePressed: "#e1e8f2"
    border: "#dbe1e8"
    borderStrong: "#b4bfcc"
    text: "#18202a"
    textDim: "#4c5868"
    textFaint: "#5f6b7b"
    accent: "#2f5fd0"
    accentText: "#ffffff"
    accentSoft: "#e3ebfb"
    danger: "#c0313b"
    dangerText: "#ffffff"
    added: "#136c3a"
    addedGround: "#e3f5ea"
    removed: "#a8262f"
    removedGround: "#fcebec"
    shadow: "#30202a38"
    states: ["#16754a", "#41688f", "#5f6b7b", "#7a4fc0", "#1a6fb0", "#8f600a", "#70603f", "#c0313b"]
    ansi: ["#18202a", "#c0313b", "#16754a", "#8f600a", "#2f5fd0", "#7a4fc0", "#0f7b83", "#5f6b7b",
        "#4c5868", "#a8262f", "#136c3a", "#7d5208", "#244fb5", "#6a3fb0", "#0b676e", "#18202a"]
    series: ["#2f5fd0", "#1a7f4b", "#96650a", "#7a4fc0", "#0f7b83", "#b8455a", "#5c7a1f", "#a3592a"]
}
