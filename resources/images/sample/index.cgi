#!/bin/sh
# The page: which pod answered.
printf 'Content-Type: text/html; charset=utf-8\r\n\r\n'
cat <<PAGE
<!doctype html>
<title>Kates sample</title>
<style>body { font: 20px system-ui, sans-serif; margin: 4em auto; max-width: 32em } code { font-size: 120% }</style>
<h1>Hello from Kates</h1>
<p>This answer came from the pod <code>$(hostname)</code></p>
<p>${MESSAGE:-}</p>
PAGE
