# Completion of sla for PowerShell: sla completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName sla -ScriptBlock {
  param($word, $ast, $cursor)
  $words = @($ast.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursor } | Select-Object -Skip 1 | ForEach-Object { $_.ToString() })
  # An empty word must not get lost on its way: older versions drop it.
  $typed = if ($word -eq '') { '=' } else { $word }
  & $ast.CommandElements[0].ToString() complete -- @words $typed 2>$null | ForEach-Object {
    $text, $help = $_ -split "`t", 2
    if (-not $help) { $help = $text }
    $shown = if ($text -match '\s') { "'" + $text.Replace("'", "''") + "'" } else { $text }
    [System.Management.Automation.CompletionResult]::new($shown, $text, 'ParameterValue', $help)
  }
}
