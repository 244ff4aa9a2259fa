# Writes OUT, C++ source that holds schema.sql and migrations/*.sql as string literals. Runs at configure time; a
# changed SQL file configures again.
function(embed_sql out)
  set(schema_file ${CMAKE_CURRENT_SOURCE_DIR}/schema.sql)
  file(GLOB migration_files CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/migrations/*.sql)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${schema_file} ${migration_files})

  file(READ ${schema_file} schema)
  set(body "// Made by embed.cmake.\n#include \"corpus/schema.h\"\n\nnamespace planscribe {\n\n")
  string(APPEND body "const char* const kSchemaSql = R\"sql(${schema})sql\";\n\n")
  string(APPEND body "const std::vector<Migration>& migrations() {\n  static const std::vector<Migration> all = {\n")
  list(SORT migration_files COMPARE NATURAL)
  foreach(path IN LISTS migration_files)
    get_filename_component(version ${path} NAME_WE)
    file(READ ${path} sql)
    string(APPEND body "      {${version}, R\"sql(${sql})sql\"},\n")
  endforeach()
  string(APPEND body "  };\n  return all;\n}\n\n}  // namespace planscribe\n")
  file(GENERATE OUTPUT ${out} CONTENT "${body}")
endfunction()

# Writes OUT, C++ source that defines planscribe::NAME as the text of FILE. The text may be longer than one literal.
function(embed_text out name file)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  file(READ ${file} text)
  file(GENERATE OUTPUT ${out} CONTENT
    "// Made by embed.cmake.\nnamespace planscribe {\nextern const char* const ${name};\nconst char* const ${name} = R\"text(${text})text\";\n}  // namespace planscribe\n")
endfunction()
