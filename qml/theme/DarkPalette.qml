import QtQuick

ThemePalette {
    ground: "#0e1217"
    surface: "#151a21"
    surfaceRaised: "#1c232c"
    surfaceHover: "#222a35"
    surfacePressed: "#2a3441"
    border: "#28313c"
    borderStrong: "#3d4a59"
    text: "#e6ebf1"
    textDim: "#a3afbd"
    textFaint: "#8391a2"
    accent: "#7aa2f7"
    accentText: "#0b1220"
    accentSoft: "#1f2c45"
    danger: "#f0737a"
    dangerText: "#1d0b0d"
    added: "#7fd6a2"
    addedGround: "#14281e"
    removed: "#f39aa0"
    removedGround: "#311a1d"
    shadow: "#80000000"
    states: ["#5cc38a", "#7fa3c7", "#94a1b1", "#b493e8", "#5cb3e4", "#e3b04f", "#b3a38c", "#f0737a"]
    ansi: ["#3d4a59", "#f0737a", "#5cc38a", "#e3b04f", "#7aa2f7", "#b493e8", "#4fc1c9", "#c8d1dc",
        "#5f6e80", "#ff9aa0", "#86dcab", "#f2cb7e", "#a3c0ff", "#cfb6f5", "#85dbe1", "#f4f7fa"]
    series: ["#7aa2f7", "#5cc38a", "#e3b04f", "#b493e8", "#4fc1c9", "#f0929a", "#a8c264", "#d99a6c"]
}
