# What R's sf says of files of layers, with its spherical geometry (s2) on: a line a file, tab-separated: name, rows,
# rows without a shape, invalid shapes, columns of days. Called by tools/validators/check.py with the files.
suppressMessages(library(sf))
sf_use_s2(TRUE)
for (path in commandArgs(trailingOnly = TRUE)) {
  said <- tryCatch({
    named <- st_layers(path)$name
    read <- suppressMessages(suppressWarnings(
      st_read(path, layer = named[named != "layer_styles"][1], quiet = TRUE, stringsAsFactors = FALSE)
    ))
    shapes <- st_geometry(read)
    empty <- st_is_empty(shapes)
    invalid <- if (any(!empty)) sum(!st_is_valid(shapes[!empty])) else 0
    if (any(!empty)) { st_area(shapes[!empty]) }
    days <- names(read)[sapply(read, function(column) inherits(column, "Date") || inherits(column, "POSIXct"))]
    paste(nrow(read), sum(empty), invalid, paste(days, collapse = ","), sep = "\t")
  }, error = function(error) paste("error", gsub("[\t\n]", " ", conditionMessage(error)), sep = "\t"))
  cat(path, said, sep = "\t")
  cat("\n")
}
cat("versions", as.character(packageVersion("sf")), sf_extSoftVersion()["GDAL"], sep = "\t")
cat("\n")
