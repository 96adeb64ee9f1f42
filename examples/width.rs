use eucrasia::graph::*; use eucrasia::knowledge::*; use eucrasia::reason::{solve,support::*};
use eucrasia::source::*;
fn main(){
  let mut d=Diagnostics::default(); let s=Sources::read_dir(std::path::Path::new("."),&mut d);
  let k=Knowledge::check_lenient(s,d); 
  let t=std::time::Instant::now();
  let g=Graph::compile(&k,Options::default());
  eprintln!("compile {:?} vars {} edges {}",t.elapsed(),g.vars().count(),g.edges().count());
  let mut ev=Evidence::default();
  for a in std::env::args().skip(1){ 
    let (neg,a)=a.strip_prefix('-').map_or((false,a.as_str()),|x|(true,x));
    match k.resolver().condition(a){ Ok(Phrase::One(Literal::Observation(o)))=>{ev.observe(g.var(VarKind::Observation(o)).unwrap(), if neg{1}else{2});}
      Ok(Phrase::One(Literal::Fact(o)))=>{ev.roots.insert(g.var(VarKind::Fact(o)).unwrap(), if neg{0}else{1});}
      Ok(Phrase::One(Literal::Exposure(o,st)))=>{ev.roots.insert(g.var(VarKind::Exposure(o)).unwrap(), if neg{0}else{st.state()});}
      x=>eprintln!("? {a} {x:?}")}
  }
  let t=std::time::Instant::now();
  let post=solve::Posterior::solve(&g,&k,&ev,&[],false,solve::Effort::default());
  eprintln!("solve {:?} components {} visited {} unvisited {} loge {}",t.elapsed(),post.components.len(),post.visited,post.unvisited,post.log_evidence); eprintln!("none {:?}",post.no_cause);
  for c in post.components.iter().take(12){ println!("{:.4} {:?}",c.weight,c.cause.map(|c|format!("{}={}",g.id(c.0,&k),c.1))); }
  let mut rows=vec![]; for (v,x) in g.vars() { if let VarKind::Quantity(q)=x.kind { if k.quantities[q.index()].transmission_of().is_some(){ rows.push((post.inside(v,0b11),g.id(v,&k)+" low")); rows.push((post.inside(v,0b11000),g.id(v,&k)+" high")); }}}
     rows.sort_by(|a,b|b.0.total_cmp(&a.0)); for r in rows.iter().take(12){println!("{:.4} {}",r.0,r.1);} 
}
