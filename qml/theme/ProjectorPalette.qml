import QtQuick

// For a lecture hall: white ground, near-black type, strong colours, everything a third larger.
LightPalette {
    typeScale: 1.32
    ground: "#ffffff"
    surface: "#ffffff"
    surfaceRaised: "#ffffff"
    surfaceHover: "#e8eefb"
    border: "#aab4c0"
    borderStrong: "#6b7785"
    text: "#000000"
    textDim: "#2b333d"
    textFaint: "#424c58"
    accent: "#0b46c4"
    danger: "#b00016"
    states: ["#00692f", "#1f4f80", "#454f5b", "#5b2bb0", "#00589c", "#7d4f00", "#5c4a30", "#b00016"]
}
