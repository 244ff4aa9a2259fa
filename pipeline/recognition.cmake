# The target `recognition`: images -> pages. png_bypass.cc and serial_openmp.cc define functions of Leptonica and libgomp,
# which must win when libtesseract calls them: the linker exports them from the program by itself, since a shared library
# on the link line refers to them, and tesseract.cc refers to their files, so that they are taken out of the archive.
add_library(recognition STATIC
  ${CMAKE_CURRENT_LIST_DIR}/background.cc
  ${CMAKE_CURRENT_LIST_DIR}/clean.cc
  ${CMAKE_CURRENT_LIST_DIR}/colour.cc
  ${CMAKE_CURRENT_LIST_DIR}/geometry.cc
  ${CMAKE_CURRENT_LIST_DIR}/image.cc
  ${CMAKE_CURRENT_LIST_DIR}/layout.cc
  ${CMAKE_CURRENT_LIST_DIR}/letters.cc
  ${CMAKE_CURRENT_LIST_DIR}/negative.cc
  ${CMAKE_CURRENT_LIST_DIR}/orientation.cc
  ${CMAKE_CURRENT_LIST_DIR}/pale_ink.cc
  ${CMAKE_CURRENT_LIST_DIR}/perspective.cc
  ${CMAKE_CURRENT_LIST_DIR}/placing.cc
  ${CMAKE_CURRENT_LIST_DIR}/png_bypass.cc
  ${CMAKE_CURRENT_LIST_DIR}/print_rows.cc
  ${CMAKE_CURRENT_LIST_DIR}/reading_apart.cc
  ${CMAKE_CURRENT_LIST_DIR}/readings.cc
  ${CMAKE_CURRENT_LIST_DIR}/recognise.cc
  ${CMAKE_CURRENT_LIST_DIR}/region_names.cc
  ${CMAKE_CURRENT_LIST_DIR}/resample.cc
  ${CMAKE_CURRENT_LIST_DIR}/seal_rim.cc
  ${CMAKE_CURRENT_LIST_DIR}/second_reading.cc
  ${CMAKE_CURRENT_LIST_DIR}/serial_openmp.cc
  ${CMAKE_CURRENT_LIST_DIR}/stamps.cc
  ${CMAKE_CURRENT_LIST_DIR}/streaks.cc
  ${CMAKE_CURRENT_LIST_DIR}/tables.cc
  ${CMAKE_CURRENT_LIST_DIR}/tesseract.cc
  ${CMAKE_CURRENT_LIST_DIR}/tiff.cc)
target_link_libraries(recognition PUBLIC PkgConfig::LEPTONICA PkgConfig::TESSERACT models PRIVATE PkgConfig::TIFF ${CMAKE_DL_LIBS})

# Recognition alone, for measurements by hand; not installed.
add_executable(planscribe-recognise ${CMAKE_CURRENT_LIST_DIR}/recognise_main.cc)
target_link_libraries(planscribe-recognise PRIVATE recognition)
