// Starts GraphiQL on this server's own /graphql, with a first question about the city.
"use strict";
(function () {
  const first = `# Cine ar putea să ducă acțiunea A1.6? · Who could carry action A1.6?
{
  match(code: "A1.6", want: [ORGANISATION, PROGRAMME], first: 5) {
    matches {
      score
      eligible
      node { id label }
      reasons { kind contribution text evidence { property source { url } } }
    }
  }
}
`;
  const fetcher = GraphiQL.createFetcher({ url: "/graphql" });
  const place = document.getElementById("graphiql");
  place.textContent = "";
  ReactDOM.createRoot(place).render(React.createElement(GraphiQL, { fetcher, defaultQuery: first }));
})();
