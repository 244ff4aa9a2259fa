#!/usr/bin/python3
"""check_tables.py CSV_FOLDER XLSX: reads the tables that files_test.cc exported, as another program does."""
import csv
import datetime
import sys

import openpyxl

folder, book_path = sys.argv[1:]
TABLES = ["documents", "recipients", "references", "rounds", "occasions", "targets"]


def rows_of_csv(table):
    with open(f"{folder}/{table}.csv", encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def check(condition, what):
    if not condition:
        sys.exit(f"check_tables: {what}")


raw = open(f"{folder}/documents.csv", "rb").read()
check(raw.startswith(b"\xef\xbb\xbf"), "no byte order mark")
check(raw.count(b"\n") == raw.count(b"\r\n") + 2, "lines do not end with CRLF")  # two titles hold a line feed
document = rows_of_csv("documents")[0]
check(document["title"] == 'Phát động "thi đua", năm 2024\n<&>', "title")
check(document["theme"] == '\'=HYPERLINK("http://x";"y")', "a formula is not guarded")
check(document["plan_year"] == "2024" and document["period_to"] == "2024-12", "year or period")
check(document["parent_body"] == "", "what the paper does not say is not empty")
names = [row["name"] for row in rows_of_csv("recipients")][:4]
check(names == ["'@Đảng ủy", "''Các khóm", "'+84 296", "'- Lưu: VT"], f"recipients {names}")
targets = rows_of_csv("targets")
check(targets[1]["value"] == "-790000000000" and targets[0]["value"] == "0.08", "numbers are not bare")

book = openpyxl.load_workbook(book_path)
check(book.sheetnames == TABLES, f"sheets {book.sheetnames}")
for table in TABLES:
    sheet = book[table]
    check(sheet.freeze_panes == "A2" and sheet.auto_filter.ref, f"{table}: head not frozen or no filter")
    check(sheet.max_row == len(rows_of_csv(table)) + 1, f"{table}: rows")
    check([cell.value for cell in sheet[1]] == list(rows_of_csv(table)[0]), f"{table}: columns")


def column(sheet, name):
    return [cell.value for cell in sheet[1]].index(name)


first = book["documents"][2]
cell = first[column(book["documents"], "issue_date")]
check(cell.is_date and cell.value == datetime.datetime(2024, 3, 7), "a date is no date")
check(first[column(book["documents"], "period_from")].value == "2024-01", "an inexact date is not as the paper has it")
cell = first[column(book["documents"], "theme")]
check(cell.data_type in ("s", "inlineStr") and cell.value == '=HYPERLINK("http://x";"y")', "text became a formula")
check(first[column(book["documents"], "plan_year")].value == 2024, "a year is no number")
row = book["targets"][2]
check(row[column(book["targets"], "value")].value == 0.08, "a value is no number")
link = row[column(book["targets"], "link")]
check(link.value.endswith("#page=2"), "the link shows no page")
target = (link.hyperlink.target or "") + ("#" + link.hyperlink.location if link.hyperlink.location else "")
check(target.startswith("file:///") and target.endswith("k%E1%BA%BF%20ho%E1%BA%A1ch.pdf#page=2"), f"link {target}")
last = book["documents"][3]
check(last[column(book["documents"], "link")].hyperlink is None, "a link to a file that is not there")
