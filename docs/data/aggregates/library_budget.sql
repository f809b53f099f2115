/*
title: Where the money goes
key: item
columns:
  item: {label: Item, unit: text}
  amount_usd: {label: Amount, unit: usd}
  is_total: {label: Is a total, unit: flag}
*/
SELECT item, amount_usd, is_total, [_row] AS library_money_rows FROM library_money ORDER BY _row
