// Spark SQL as Troupe reads it: queries, expressions, data types and commands. Own grammar; accepts what Spark 4.2 accepts with
// its default (non-reserved) keywords. Precedence is by rule: disjunction > conjunction > negation > predicate > operand > primary.
parser grammar TroupeSql;

options { tokenVocab = TroupeLexer; }

// ---- Entry points

loneStatement : (query | command | BEGIN scriptBody END) SEMI_COLON* EOF ;
loneExpression : selectItem EOF ;
loneName : qualifiedName EOF ;
loneType : dataType EOF ;
loneColumns : columnDefinition (COMMA columnDefinition)* EOF ;

// ---- Queries

query : withClause? queryTerm queryTail ;

withClause : WITH RECURSIVE? commonTable (COMMA commonTable)* ;
commonTable
    : name=word columnNames? (MAX RECURSION LEVEL rounds=WHOLE_NUMBER)? AS? PAREN_OPEN query PAREN_CLOSE
    ;
columnNames : PAREN_OPEN word (COMMA word)* PAREN_CLOSE ;

queryTerm
    : queryBlock                                                                        #blockTerm
    | left=queryTerm operator=INTERSECT quantifier? right=queryTerm                     #setTerm
    | left=queryTerm operator=(UNION | EXCEPT | MINUS) quantifier? right=queryTerm      #setTerm
    | queryTerm PIPE_ARROW pipeStep                                                     #pipeTerm
    ;
quantifier : DISTINCT | ALL ;

queryTail
    : (ORDER BY orders+=sortItem (COMMA orders+=sortItem)*)?
      (CLUSTER BY clusters+=expression (COMMA clusters+=expression)*)?
      (DISTRIBUTE BY spread+=expression (COMMA spread+=expression)*)?
      (SORT BY sorts+=sortItem (COMMA sorts+=sortItem)*)?
      windowClause?
      (LIMIT (ALL | limit=expression))?
      (OFFSET offset=expression)?
    ;
sortItem : expression direction=(ASC | DESC)? (NULLS nullOrder=(FIRST | LAST))? ;

queryBlock
    : selectClause fromClause? blockClauses                #selectBlock
    | fromClause (selectClause blockClauses)?              #fromBlock
    | TABLE name=tableName                                 #tableBlock
    | inlineValues                                         #valuesBlock
    | PAREN_OPEN query PAREN_CLOSE                         #nestedBlock
    ;
selectClause : SELECT hints+=hint* quantifier? selectItem (COMMA selectItem)* ;
blockClauses
    : lateralView* whereClause? groupClause? (HAVING having=expression)? windowClause? (QUALIFY qualify=expression)? windowClause?
    ;
whereClause : WHERE expression ;

hint : HINT_OPEN hintCall (COMMA? hintCall)* HINT_CLOSE ;
hintCall : name=word (PAREN_OPEN (expression (COMMA expression)*)? PAREN_CLOSE)? ;

selectItem : expression (AS alias=word | AS? columnNames | bare=itemAliasWord)? ;

groupClause
    : GROUP BY groupItem (COMMA groupItem)*
      (WITH withLevels=(ROLLUP | CUBE) | GROUPING SETS PAREN_OPEN groupElement (COMMA groupElement)* PAREN_CLOSE)?
    ;
groupItem : groupLevels | groupSets | expression ;
groupLevels : kind=(ROLLUP | CUBE) PAREN_OPEN groupSet (COMMA groupSet)* PAREN_CLOSE ;
groupSets : GROUPING SETS PAREN_OPEN groupElement (COMMA groupElement)* PAREN_CLOSE ;
groupElement : groupLevels | groupSets | groupSet ;
groupSet : PAREN_OPEN (expression (COMMA expression)*)? PAREN_CLOSE | expression ;

windowClause : WINDOW namedWindow (COMMA namedWindow)* ;
namedWindow : name=word AS windowSpec ;
windowSpec
    : name=word                                            #windowByName
    | PAREN_OPEN name=word PAREN_CLOSE                     #windowByName
    | PAREN_OPEN base=windowBase?
      (CLUSTER BY partitions+=expression (COMMA partitions+=expression)*
      | ((PARTITION | DISTRIBUTE) BY partitions+=expression (COMMA partitions+=expression)*)?
        ((ORDER | SORT) BY orders+=sortItem (COMMA orders+=sortItem)*)?)
      windowFrame? PAREN_CLOSE                             #windowInline
    ;
windowBase : WORD | QUOTED_WORD ;
windowFrame
    : unit=(ROWS | RANGE | GROUPS) (lower=frameBound | BETWEEN lower=frameBound AND upper=frameBound) frameExclusion?
    ;
frameBound
    : UNBOUNDED direction=(PRECEDING | FOLLOWING)
    | CURRENT ROW
    | expression direction=(PRECEDING | FOLLOWING)
    ;
frameExclusion : EXCLUDE (CURRENT ROW | GROUP | TIES | NO OTHERS) ;

// ---- FROM

fromClause : FROM relation (COMMA relation)* lateralView* pivotClause? unpivotClause? ;
relation : LATERAL? relationPrimary relationStep* ;
relationStep : joinStep | pivotClause | unpivotClause ;
joinStep
    : joinKind JOIN LATERAL? right=relationPrimary (ON condition=expression | USING columnNames)?
    | NATURAL joinKind JOIN LATERAL? right=relationPrimary
    ;
joinKind : INNER? | CROSS | LEFT OUTER? | LEFT? SEMI | RIGHT OUTER? | FULL OUTER? | LEFT? ANTI ;

relationPrimary
    : tableName timeTravel? tableOptions? sample? tableAlias            #tableRelation
    | PAREN_OPEN query PAREN_CLOSE sample? tableAlias                   #queryRelation
    | PAREN_OPEN relation PAREN_CLOSE sample? tableAlias                #nestedRelation
    | inlineValues                                                      #valuesRelation
    | tableFunction sample? tableAlias                                  #functionRelation
    ;
tableName : IDENTIFIER PAREN_OPEN expression PAREN_CLOSE | qualifiedName ;
timeTravel : (FOR? (SYSTEM_VERSION | VERSION) AS OF | FOR? (SYSTEM_TIME | TIMESTAMP) AS OF) operand ;
tableOptions : WITH propertyList ;
tableAlias : (AS name=tableWord columnNames? | bare=aliasWord columnNames?)? ;

inlineValues : VALUES expression (COMMA expression)* tableAlias ;
tableFunction : functionName PAREN_OPEN (tableFunctionArgument (COMMA tableFunctionArgument)*)? PAREN_CLOSE ;
tableFunctionArgument : (parameterName=word FAT_ARROW)? tableArgument | argument ;
tableArgument
    : TABLE (PAREN_OPEN (query | tableName) PAREN_CLOSE | tableName)
      (WITH SINGLE PARTITION
      | (PARTITION | DISTRIBUTE) BY (PAREN_OPEN partitions+=expression (COMMA partitions+=expression)+ PAREN_CLOSE | partitions+=expression))?
      ((ORDER | SORT) BY (PAREN_OPEN orders+=sortItem (COMMA orders+=sortItem)+ PAREN_CLOSE | orders+=sortItem))?
    ;

lateralView
    : LATERAL VIEW OUTER? function=qualifiedName PAREN_OPEN (expression (COMMA expression)*)? PAREN_CLOSE
      (table=aliasWord)? (AS? columns+=word (COMMA columns+=word)*)?
    ;

sample
    : TABLESAMPLE method=(SYSTEM | BERNOULLI)? PAREN_OPEN sampleSize? PAREN_CLOSE (REPEATABLE PAREN_OPEN seed=WHOLE_NUMBER PAREN_CLOSE)?
    ;
sampleSize
    : sign=DASH? amount=(WHOLE_NUMBER | DECIMAL_NUMBER) PERCENT                 #samplePercent
    | BUCKET numerator=WHOLE_NUMBER OUT OF denominator=WHOLE_NUMBER (ON expression)?     #sampleBucket
    | expression ROWS                                                           #sampleRows
    | bytes=expression                                                          #sampleBytes
    ;

pivotClause
    : PIVOT PAREN_OPEN aggregates+=selectItem (COMMA aggregates+=selectItem)*
      FOR (columns+=qualifiedName | PAREN_OPEN columns+=qualifiedName (COMMA columns+=qualifiedName)* PAREN_CLOSE)
      IN PAREN_OPEN values+=selectItem (COMMA values+=selectItem)* PAREN_CLOSE PAREN_CLOSE tableAlias
    ;
unpivotClause
    : UNPIVOT (nullRule=(INCLUDE | EXCLUDE) NULLS)? PAREN_OPEN
      (valueNames+=word | PAREN_OPEN valueNames+=word (COMMA valueNames+=word)* PAREN_CLOSE)
      FOR variable=word IN PAREN_OPEN unpivotColumn (COMMA unpivotColumn)* PAREN_CLOSE PAREN_CLOSE tableAlias
    ;
unpivotColumn
    : (columns+=qualifiedName | PAREN_OPEN columns+=qualifiedName (COMMA columns+=qualifiedName)* PAREN_CLOSE) (AS? alias=word)?
    ;

// ---- Pipes

pipeStep
    : selectClause windowClause?                                        #pipeSelect
    | EXTEND selectItem (COMMA selectItem)*                             #pipeExtend
    | SET pipeAssignment (COMMA pipeAssignment)*                        #pipeSet
    | DROP word (COMMA word)*                                           #pipeDrop
    | AS word                                                           #pipeAs
    | whereClause windowClause?                                         #pipeWhere
    | pivotClause                                                       #pipePivot
    | unpivotClause                                                     #pipeUnpivot
    | sample                                                            #pipeSample
    | joinStep                                                          #pipeJoin
    | operator=(UNION | EXCEPT | MINUS | INTERSECT) quantifier? right=queryBlock   #pipeSetOperation
    | AGGREGATE (aggregates+=selectItem (COMMA aggregates+=selectItem)*)?
      (GROUP BY groupings+=selectItem (COMMA groupings+=selectItem)*)?  #pipeAggregate
    | queryTail                                                         #pipeTail
    ;
pipeAssignment : qualifiedName EQUAL expression ;

// ---- Expressions

expression : lambda | disjunction ;
lambda
    : parameters+=word ARROW expression
    | PAREN_OPEN parameters+=word (COMMA parameters+=word)+ PAREN_CLOSE ARROW expression
    ;
disjunction : conjunction (OR conjunction)* ;
conjunction : negation (AND negation)* ;
negation : (NOT | BANG) negation | predicate ;
predicate : operand predicateTail? ;
predicateTail
    : not? BETWEEN lower=operand AND upper=operand                                 #betweenTail
    | not? IN PAREN_OPEN query PAREN_CLOSE                                                        #inQueryTail
    | not? IN PAREN_OPEN (expression (COMMA expression)*)? PAREN_CLOSE                            #inTail
    | not? kind=(LIKE | ILIKE) amount=(ANY | SOME | ALL)
      PAREN_OPEN (expression (COMMA expression)*)? PAREN_CLOSE                                    #likeSomeTail
    | not? kind=(LIKE | ILIKE) pattern=operand (ESCAPE escape=stringLiteral)?                     #likeTail
    | not? MATCHES pattern=operand                                                                #matchesTail
    | IS not? NULL                                                                                #nullTail
    | IS not? truth=(TRUE | FALSE | UNKNOWN)                                                      #truthTail
    | IS not? DISTINCT FROM right=operand                                                         #distinctTail
    ;
not : NOT | BANG ;

operand
    : primary                                                           #primaryOperand
    | sign=(PLUS_SIGN | DASH | TILDE) operand                           #signedOperand
    | left=operand operator=(STAR | SLASH | PERCENT_SIGN | DIV) right=operand     #binaryOperand
    | left=operand operator=(PLUS_SIGN | DASH | DOUBLE_BAR) right=operand         #binaryOperand
    | left=operand shift right=operand                                  #shiftOperand
    | left=operand operator=AMPERSAND right=operand                     #binaryOperand
    | left=operand operator=HAT right=operand                           #binaryOperand
    | left=operand operator=BAR right=operand                           #binaryOperand
    | left=operand comparison right=operand                             #comparisonOperand
    ;
// `>>` is two signs, so that ARRAY<ARRAY<INT>> needs no look-behind.
shift : SHIFT_LEFT | GREATER GREATER GREATER? ;
comparison : EQUAL | EQUAL_OR_NULL | UNEQUAL | UNEQUAL_BANG | LESS | LESS_EQUAL | GREATER | GREATER_EQUAL ;

primary
    : literal                                                           #literalPrimary
    | CASE whenBranch+ (ELSE otherwise=expression)? END                 #searchedCase
    | CASE value=expression whenBranch+ (ELSE otherwise=expression)? END          #simpleCase
    | kind=(CAST | TRY_CAST) PAREN_OPEN expression AS dataType PAREN_CLOSE        #castPrimary
    | EXISTS PAREN_OPEN query PAREN_CLOSE                               #existsPrimary
    | EXTRACT PAREN_OPEN field=word FROM source=operand PAREN_CLOSE     #extractPrimary
    | (SUBSTR | SUBSTRING) PAREN_OPEN text=operand FROM start=operand (FOR length=operand)? PAREN_CLOSE       #substringPrimary
    | TRIM PAREN_OPEN side=(BOTH | LEADING | TRAILING)? characters=operand? FROM text=operand PAREN_CLOSE     #trimPrimary
    | OVERLAY PAREN_OPEN text=operand PLACING replacement=operand FROM start=operand (FOR length=operand)? PAREN_CLOSE   #overlayPrimary
    | POSITION PAREN_OPEN part=operand IN text=operand PAREN_CLOSE      #positionPrimary
    | star                                                              #starPrimary
    | functionCall                                                      #callPrimary
    | PAREN_OPEN query PAREN_CLOSE                                      #scalarQueryPrimary
    | PAREN_OPEN selectItem (COMMA selectItem)+ PAREN_CLOSE             #rowPrimary
    | PAREN_OPEN expression PAREN_CLOSE                                 #nestedPrimary
    | parameter                                                         #parameterPrimary
    | IDENTIFIER PAREN_OPEN expression PAREN_CLOSE                      #namePrimary
    | word                                                              #columnPrimary
    | value=primary BRACKET_OPEN index=operand BRACKET_CLOSE            #subscriptPrimary
    | value=primary DOT field=word                                      #fieldPrimary
    | value=primary DOUBLE_COLON dataType                               #shortCastPrimary
    | value=primary COLLATE collation=qualifiedName                     #collatePrimary
    | value=primary COLON path=variantPath                              #variantPrimary
    ;
whenBranch : WHEN condition=expression THEN value=expression ;
star : (qualifiedName DOT)? STAR starExcept? ;
starExcept : EXCEPT PAREN_OPEN qualifiedName (COMMA qualifiedName)* PAREN_CLOSE ;
parameter : COLON word | QUESTION_MARK ;
variantPath : variantField (DOT variantField | BRACKET_OPEN (WHOLE_NUMBER | STAR | stringLiteral) BRACKET_CLOSE)* ;
variantField : word | STAR ;

functionCall
    : functionName PAREN_OPEN (quantifier? argument (COMMA argument)*)? PAREN_CLOSE
      (WITHIN GROUP PAREN_OPEN ORDER BY orders+=sortItem (COMMA orders+=sortItem)* PAREN_CLOSE)?
      (FILTER PAREN_OPEN WHERE filter=expression PAREN_CLOSE)?
      (nulls=(IGNORE | RESPECT) NULLS)?
      (OVER windowSpec)?
    ;
functionName : IDENTIFIER PAREN_OPEN expression PAREN_CLOSE | qualifiedName ;
argument : parameterName=word FAT_ARROW value=expression | expression (innerNulls=(IGNORE | RESPECT) NULLS | AS alias=word)? ;

// ---- Literals

literal
    : NULL                                                              #nullLiteral
    | (TRUE | FALSE)                                                    #booleanLiteral
    | DASH? number                                                      #numberLiteral
    | INTERVAL intervalBody                                             #intervalLiteral
    | typeName=word stringToken                                         #typedLiteral
    | stringLiteral                                                     #textLiteral
    ;
number
    : WHOLE_NUMBER | DECIMAL_NUMBER | EXPONENT_NUMBER | BIGINT_NUMBER | SMALLINT_NUMBER | TINYINT_NUMBER
    | FLOAT_NUMBER | DOUBLE_NUMBER | BIG_DECIMAL_NUMBER
    ;
stringLiteral : stringToken+ ;
stringToken : STRING | DOUBLE_QUOTED ;

intervalBody
    : value=intervalValue fromUnit=intervalUnit TO toUnit=intervalUnit  #intervalRange
    | intervalPart+                                                     #intervalParts
    ;
intervalPart : intervalValue intervalUnit ;
intervalValue : sign=(PLUS_SIGN | DASH)? (WHOLE_NUMBER | DECIMAL_NUMBER | stringToken) ;
intervalUnit
    : YEAR | YEARS | MONTH | MONTHS | WEEK | WEEKS | DAY | DAYS | HOUR | HOURS | MINUTE | MINUTES | SECOND | SECONDS
    | MILLISECOND | MILLISECONDS | MICROSECOND | MICROSECONDS | NANOSECOND | NANOSECONDS
    ;

// ---- Data types and columns

dataType
    : ARRAY LESS element=dataType GREATER                               #arrayTypeOf
    | MAP LESS key=dataType COMMA value=dataType GREATER                #mapTypeOf
    | STRUCT (LESS (structField (COMMA structField)*)? GREATER | UNEQUAL)         #structTypeOf
    | INTERVAL from=intervalUnit (TO to=intervalUnit)?                  #intervalTypeOf
    | TIMESTAMP (WITH LOCAL TIME ZONE | WITHOUT TIME ZONE)              #timestampTypeOf
    | TIME (PAREN_OPEN precision=WHOLE_NUMBER PAREN_CLOSE)? (WITHOUT TIME ZONE)?            #timeTypeOf
    | DOUBLE PRECISION                                                  #doubleTypeOf
    | typeName=word (PAREN_OPEN typeArgument (COMMA typeArgument)* PAREN_CLOSE)? (COLLATE collation=qualifiedName)?   #namedTypeOf
    ;
typeArgument : DASH? WHOLE_NUMBER | word ;
structField : name=word COLON? dataType (NOT NULL)? (COMMENT comment=stringLiteral)? ;

columnDefinition : name=word COLON? dataType columnOption* ;
columnOption
    : NOT NULL                                                          #notNullOption
    | COMMENT stringLiteral                                             #commentOption
    | DEFAULT expression                                                #defaultOption
    | GENERATED word AS PAREN_OPEN expression PAREN_CLOSE               #generatedOption
    ;

propertyList : PAREN_OPEN property (COMMA property)* PAREN_CLOSE ;
property : key=propertyKey (EQUAL? value=propertyValue)? ;
propertyKey : word (DOT word)* | stringLiteral ;
propertyValue : stringLiteral | DASH? number | TRUE | FALSE | expression ;

qualifiedName : word (DOT word)* ;

// ---- Commands

command
    : EXPLAIN level=(EXTENDED | FORMATTED | COST | CODEGEN)? (query | command)                      #explainCommand
    | EXECUTE IMMEDIATE text=expression (INTO variables+=qualifiedName (COMMA variables+=qualifiedName)*)?
      (USING PAREN_OPEN? selectItem (COMMA selectItem)* PAREN_CLOSE?)?                              #executeCommand
    | databaseCommand                                                                               #onDatabase
    | tableCommand                                                                                  #onTable
    | viewCommand                                                                                   #onView
    | functionCommand                                                                               #onFunction
    | rowsCommand                                                                                   #onRows
    | showCommand                                                                                   #onShow
    | describeCommand                                                                               #onDescribe
    | settingCommand                                                                                #onSetting
    | cacheCommand                                                                                  #onCache
    ;

database : DATABASE | SCHEMA | NAMESPACE ;
ifNotExists : IF NOT EXISTS ;
ifExists : IF EXISTS ;

databaseCommand
    : CREATE database ifNotExists? name=tableName databaseClause*                                   #createDatabase
    | DROP database ifExists? name=tableName (RESTRICT | CASCADE)?                                  #dropDatabase
    | ALTER database name=tableName SET (DBPROPERTIES | PROPERTIES) propertyList                    #alterDatabaseProperties
    | ALTER database name=tableName SET LOCATION location=stringLiteral                             #alterDatabaseLocation
    | USE database? name=tableName                                                                  #useDatabase
    | (USE | SET) CATALOG catalog=word                                                              #useCatalog
    ;
databaseClause : COMMENT comment=stringLiteral | LOCATION location=stringLiteral | WITH (DBPROPERTIES | PROPERTIES) propertyList ;

tableCommand
    : CREATE (OR REPLACE)? TEMPORARY? EXTERNAL? TABLE ifNotExists? name=tableName
      (PAREN_OPEN columnDefinition (COMMA columnDefinition)* PAREN_CLOSE)? tableClause* (AS? query)?          #createTable
    | REPLACE TABLE name=tableName
      (PAREN_OPEN columnDefinition (COMMA columnDefinition)* PAREN_CLOSE)? tableClause* (AS? query)?          #createTable
    | CREATE TABLE ifNotExists? name=tableName LIKE source=tableName tableClause*                   #createTableLike
    | DROP TABLE ifExists? name=tableName PURGE?                                                    #dropTable
    | TRUNCATE TABLE name=tableName partitionSpec?                                                  #truncateTable
    | ALTER TABLE name=tableName tableChange                                                        #alterTable
    | MSCK? REPAIR TABLE name=tableName                                                             #repairTable
    | ANALYZE TABLE name=tableName partitionSpec? COMPUTE STATISTICS (word | FOR COLUMNS word (COMMA word)* | FOR ALL COLUMNS)?  #analyzeTable
    | COMMENT ON (database | TABLE | COLUMN) name=tableName IS (NULL | comment=stringLiteral)       #commentOn
    ;
tableClause
    : USING format=qualifiedName
    | OPTIONS options=propertyList
    | PARTITIONED BY PAREN_OPEN partitionColumn (COMMA partitionColumn)* PAREN_CLOSE
    | (CLUSTERED | CLUSTER) BY PAREN_OPEN word (COMMA word)* PAREN_CLOSE
      (SORTED BY PAREN_OPEN sortItem (COMMA sortItem)* PAREN_CLOSE)? (INTO WHOLE_NUMBER BUCKETS)?
    | LOCATION location=stringLiteral
    | COMMENT comment=stringLiteral
    | TBLPROPERTIES properties=propertyList
    | STORED AS stored=word
    | DEFAULT COLLATION collation=word
    ;
partitionColumn : columnDefinition | qualifiedName | functionName PAREN_OPEN argument (COMMA argument)* PAREN_CLOSE ;
tableChange
    : RENAME TO to=tableName                                                                        #renameTable
    | RENAME COLUMN from=qualifiedName TO to=word                                                   #renameColumn
    | RENAME PARTITION? partitionSpec TO? partitionSpec                                             #renamePartition
    | ADD (COLUMN | COLUMNS) (PAREN_OPEN newColumn (COMMA newColumn)* PAREN_CLOSE | newColumn (COMMA newColumn)*)   #addColumns
    | DROP (COLUMN | COLUMNS) ifExists? (PAREN_OPEN qualifiedName (COMMA qualifiedName)* PAREN_CLOSE | qualifiedName (COMMA qualifiedName)*)  #dropColumns
    | REPLACE COLUMNS PAREN_OPEN columnDefinition (COMMA columnDefinition)* PAREN_CLOSE             #replaceColumns
    | (ALTER | CHANGE) COLUMN? column=qualifiedName columnChange                                    #alterColumn
    | SET TBLPROPERTIES propertyList                                                                #setProperties
    | UNSET TBLPROPERTIES ifExists? propertyList                                                    #unsetProperties
    | SET LOCATION location=stringLiteral                                                           #setLocation
    | ADD ifNotExists? (partitionSpec (LOCATION stringLiteral)?)+                                   #addPartitions
    | DROP ifExists? partitionSpec (COMMA partitionSpec)* PURGE?                                    #dropPartitions
    | RECOVER PARTITIONS                                                                            #recoverPartitions
    ;
newColumn : columnDefinition (FIRST | AFTER word)? ;
columnChange
    : COMMENT comment=stringLiteral
    | TYPE dataType
    | change=(SET | DROP) NOT NULL
    | SET DEFAULT expression
    | DROP DEFAULT
    | FIRST
    | AFTER word
    | newName=word dataType (COMMENT stringLiteral)?
    ;
partitionSpec : PARTITION PAREN_OPEN partitionValue (COMMA partitionValue)* PAREN_CLOSE ;
partitionValue : word (EQUAL expression)? ;

viewCommand
    : CREATE (OR REPLACE)? (GLOBAL? TEMPORARY)? VIEW ifNotExists? name=tableName
      (PAREN_OPEN viewColumn (COMMA viewColumn)* PAREN_CLOSE)? viewClause* AS query                 #createView
    | CREATE (OR REPLACE)? GLOBAL? TEMPORARY VIEW name=tableName
      (PAREN_OPEN columnDefinition (COMMA columnDefinition)* PAREN_CLOSE)? USING format=qualifiedName (OPTIONS propertyList)?   #createSourceView
    | DROP VIEW ifExists? name=tableName                                                            #dropView
    | ALTER VIEW name=tableName AS? query                                                           #alterViewQuery
    | ALTER VIEW name=tableName tableChange                                                         #alterView
    ;
viewColumn : word (COMMENT stringLiteral)? ;
viewClause : COMMENT comment=stringLiteral | TBLPROPERTIES propertyList | WITH SCHEMA word word? | DEFAULT COLLATION word ;

functionCommand
    : CREATE (OR REPLACE)? TEMPORARY? FUNCTION ifNotExists? name=tableName
      PAREN_OPEN (functionParameter (COMMA functionParameter)*)? PAREN_CLOSE
      (RETURNS (TABLE (PAREN_OPEN columnDefinition (COMMA columnDefinition)* PAREN_CLOSE)? | dataType))?
      functionClause* RETURN (query | expression)                                                   #createFunction
    | CREATE (OR REPLACE)? TEMPORARY? FUNCTION ifNotExists? name=tableName AS className=stringLiteral
      (USING (word stringLiteral) (COMMA word stringLiteral)*)?                                     #createClassFunction
    | DROP TEMPORARY? FUNCTION ifExists? name=tableName                                             #dropFunction
    ;
functionParameter : name=word dataType (NOT NULL)? (DEFAULT standard=expression)? (COMMENT stringLiteral)? ;
functionClause
    : LANGUAGE word
    | NOT? DETERMINISTIC
    | COMMENT comment=stringLiteral
    | word SQL word?
    | NO SQL
    | SQL word word
    ;

rowsCommand
    : withClause? INSERT (INTO | overwrite=OVERWRITE) TABLE? name=tableName tableOptions? partitionSpec? ifNotExists?
      (BY NAME | columnNames)? query                                                                #insertRows
    | withClause? INSERT INTO TABLE? name=tableName REPLACE WHERE condition=expression query        #replaceRows
    | DELETE FROM name=tableName tableAlias (WHERE condition=expression)?                           #deleteRows
    | UPDATE name=tableName tableAlias SET pipeAssignment (COMMA pipeAssignment)* (WHERE condition=expression)?     #updateRows
    | withClause? MERGE (~SEMI_COLON)+                                                              #mergeRows
    ;

showCommand
    : SHOW (DATABASES | SCHEMAS | NAMESPACES) ((FROM | IN) tableName)? (LIKE? pattern=stringLiteral)?         #showDatabases
    | SHOW TABLES ((FROM | IN) space=tableName)? (LIKE? pattern=stringLiteral)?                     #showTables
    | SHOW TABLE EXTENDED ((FROM | IN) space=tableName)? LIKE pattern=stringLiteral partitionSpec?  #showTableExtended
    | SHOW VIEWS ((FROM | IN) space=tableName)? (LIKE? pattern=stringLiteral)?                      #showViews
    | SHOW COLUMNS (FROM | IN) table=tableName ((FROM | IN) space=qualifiedName)?                   #showColumns
    | SHOW scope=word? FUNCTIONS ((FROM | IN) space=tableName)? (LIKE? (function=qualifiedName | pattern=stringLiteral))?    #showFunctions
    | SHOW CREATE TABLE name=tableName (AS word)?                                                   #showCreateTable
    | SHOW TBLPROPERTIES name=tableName (PAREN_OPEN key=propertyKey PAREN_CLOSE)?                   #showProperties
    | SHOW PARTITIONS name=tableName partitionSpec?                                                 #showPartitions
    | SHOW CATALOGS (LIKE? pattern=stringLiteral)?                                                  #showCatalogs
    | SHOW CURRENT database                                                                         #showCurrent
    ;

describeCommand
    : describe FUNCTION EXTENDED? (name=qualifiedName | text=stringLiteral | sign=comparison | mark=(PLUS_SIGN | DASH | STAR | SLASH | PERCENT_SIGN | TILDE | AMPERSAND | BAR | HAT | BANG))  #describeFunction
    | describe database EXTENDED? name=tableName                                                    #describeDatabase
    | describe TABLE? detail=(EXTENDED | FORMATTED)? name=tableName partitionSpec? column=qualifiedName? (AS JSON)?   #describeTable
    | describe QUERY? query                                                                         #describeQuery
    ;
describe : DESC | DESCRIBE ;

settingCommand
    : SET TIME ZONE (interval=literal | zone=stringLiteral | LOCAL)                                 #setTimeZone
    | SET (VAR | VARIABLE) variableAssignment (COMMA variableAssignment)*                           #setVariables
    | SET (VAR | VARIABLE) PAREN_OPEN qualifiedName (COMMA qualifiedName)* PAREN_CLOSE EQUAL PAREN_OPEN query PAREN_CLOSE    #setVariablesByQuery
    | SET (~SEMI_COLON)*                                                                            #setSetting
    | RESET (~SEMI_COLON)*                                                                          #resetSetting
    | DECLARE (OR REPLACE)? (VAR | VARIABLE)? names+=qualifiedName (COMMA names+=qualifiedName)* dataType? ((DEFAULT | EQUAL) standard=expression)?   #declareVariable
    | DROP TEMPORARY (VAR | VARIABLE) ifExists? name=qualifiedName                                  #dropVariable
    ;
variableAssignment : qualifiedName EQUAL expression ;

cacheCommand
    : CACHE LAZY? TABLE name=tableName (OPTIONS propertyList)? (AS? query)?                         #cacheTable
    | UNCACHE TABLE ifExists? name=tableName                                                        #uncacheTable
    | CLEAR CACHE                                                                                   #clearCache
    | REFRESH TABLE name=tableName                                                                  #refreshTable
    | REFRESH FUNCTION function=qualifiedName                                                       #refreshFunction
    | REFRESH (path=stringLiteral | (~SEMI_COLON)*)                                                 #refreshPath
    ;

// ---- Scripts

scriptBody : (scriptStep SEMI_COLON)* ;
scriptStep
    : (label=word COLON)? BEGIN scriptBody END closing=word?                                        #blockStep
    | IF expression THEN scriptBody (ELSEIF expression THEN scriptBody)* (ELSE otherwise=scriptBody)? END IF    #ifStep
    | CASE subject=expression? scriptWhen+ (ELSE otherwise=scriptBody)? END CASE                    #caseStep
    | (label=word COLON)? WHILE expression DO scriptBody END WHILE closing=word?                    #whileStep
    | (label=word COLON)? REPEAT scriptBody UNTIL expression END REPEAT closing=word?               #repeatStep
    | (label=word COLON)? LOOP scriptBody END LOOP closing=word?                                    #loopStep
    | (label=word COLON)? FOR (variable=word AS)? query DO scriptBody END FOR closing=word?         #forStep
    | (LEAVE | ITERATE) target=word                                                                 #jumpStep
    | DECLARE kind=(CONTINUE | EXIT) HANDLER FOR scriptCondition (COMMA scriptCondition)* scriptStep          #handlerStep
    | DECLARE name=word CONDITION (FOR SQLSTATE VALUE? state=stringLiteral)?                        #conditionStep
    | SET variableAssignment (COMMA variableAssignment)*                                            #assignStep
    | SET PAREN_OPEN qualifiedName (COMMA qualifiedName)* PAREN_CLOSE EQUAL PAREN_OPEN query PAREN_CLOSE      #assignRowStep
    | query                                                                                         #queryStep
    | command                                                                                       #commandStep
    ;
scriptWhen : WHEN expression THEN scriptBody ;
scriptCondition : SQLSTATE VALUE? state=stringLiteral | SQLEXCEPTION | NOT FOUND | name=qualifiedName ;

// ---- Names

// Any word may name a column; the words of joins and set operations may not name a table without AS.
word : WORD | QUOTED_WORD | freeWord | clauseWord | joinWord ;
tableWord : WORD | QUOTED_WORD | freeWord | clauseWord ;
// What may stand as a table's name without AS: a clause that follows is never taken for one.
aliasWord : WORD | QUOTED_WORD | freeWord ;
// What may name a select item without AS.
itemAliasWord : WORD | QUOTED_WORD | freeWord | SET | WHEN | joinWord ;

clauseWord
    : CLUSTER | DISTRIBUTE | FROM | GROUP | HAVING | LIMIT | OFFSET | ORDER | PIVOT | QUALIFY | SELECT | SET | SORT |
    TABLESAMPLE | UNPIVOT | WHEN | WHERE | WINDOW
    ;
joinWord
    : ANTI | CROSS | EXCEPT | FULL | INNER | INTERSECT | JOIN | LATERAL | LEFT | MINUS | NATURAL | ON | RIGHT | SEMI | UNION |
    USING
    ;
freeWord
    : BEGIN | CONDITION | CONTINUE | DO | ELSEIF | EXIT | FOUND | HANDLER | ITERATE | LEAVE | LOOP | REPEAT | SQLEXCEPTION | SQLSTATE | UNTIL | VALUE | WHILE |
    ADD | AFTER | AGGREGATE | ALL | ALTER | ANALYZE | AND | ANY | ARRAY | AS | ASC | BERNOULLI | BETWEEN | BOTH | BUCKET |
    BUCKETS | BY | CACHE | CASCADE | CASE | CAST | CATALOG | CATALOGS | CHANGE | CLEAR | CLUSTERED | CODEGEN | COLLATE |
    COLUMN | COLUMNS | COMMENT | COMPUTE | COST | CREATE | CUBE | CURRENT | DATABASE | DATABASES | DAY | DAYS | DBPROPERTIES
    | DECLARE | DEFAULT | DELETE | DESC | DESCRIBE | DETERMINISTIC | DISTINCT | DIV | DOUBLE | DROP | ELSE | END | ESCAPE |
    EXCLUDE | EXISTS | EXPLAIN | EXTEND | EXTENDED | EXTERNAL | EXTRACT | FALSE | FILTER | FIRST | FOLLOWING | FOR | FORMAT
    | FORMATTED | FUNCTION | FUNCTIONS | GENERATED | GLOBAL | GROUPING | GROUPS | HOUR | HOURS | IDENTIFIER | IF | IGNORE |
    IN | INCLUDE | INSERT | INTERVAL | INTO | IS | LANGUAGE | LAST | LAZY | LEADING | LEVEL | LIKE | ILIKE | LOCAL |
    LOCATION | MAP | MATCHED | MAX | MERGE | MICROSECOND | MICROSECONDS | MILLISECOND | MILLISECONDS | MINUTE | MINUTES |
    MONTH | MONTHS | NAME | NAMESPACE | NAMESPACES | NANOSECOND | NANOSECONDS | NO | NOT | NULL | NULLS | OF | OPTIONS | OR
    | OTHERS | OUT | OUTER | OVER | OVERLAY | OVERWRITE | PARTITION | PARTITIONED | PARTITIONS | PERCENT | PLACING |
    POSITION | PRECEDING | PRECISION | PROPERTIES | PURGE | QUERY | RANGE | RECURSION | RECURSIVE | REFRESH | RENAME |
    REPEATABLE | REPLACE | RESET | RESPECT | RESTRICT | RETURN | RETURNS | ROLLUP | ROW | ROWS | SCHEMA | SCHEMAS | SECOND |
    SECONDS | SETS | SHOW | SINGLE | SOME | SORTED | STATISTICS | STORED | STRUCT | SUBSTR | SUBSTRING | SYSTEM |
    SYSTEM_TIME | SYSTEM_VERSION | TABLE | TABLES | TBLPROPERTIES | THEN | TIES | TIME | TIMESTAMP | TO | TRAILING | TRIM |
    TRUE | TRUNCATE | TRY_CAST | TYPE | UNBOUNDED | UNCACHE | UNKNOWN | UNSET | UPDATE | USE | VALUES | VAR | VARIABLE |
    VARIABLES | VERSION | VIEW | VIEWS | WEEK | WEEKS | WITH | WITHIN | WITHOUT | YEAR | YEARS | ZONE | MATCHES | TEMPORARY | COLLATION | EXECUTE | IMMEDIATE | JSON | MSCK | RECOVER | REPAIR | SQL
    ;
